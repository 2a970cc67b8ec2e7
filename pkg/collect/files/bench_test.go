package files

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

const trustDoc = `{
                "Version": "2012-10-17",
                "Statement": [
                    {
                        "Effect": "Allow",
                        "Principal": {
                            "AWS": "arn:aws:iam::%s:user/alice"
                        },
                        "Action": "sts:AssumeRole",
                        "Condition": {
                            "StringEquals": {
                                "aws:PrincipalOrgID": "o-example000"
                            }
                        }
                    }
                ]
            }`

const inlineDoc = `{
                        "Version": "2012-10-17",
                        "Statement": [
                            {
                                "Sid": "Read",
                                "Effect": "Allow",
                                "Action": ["s3:GetObject", "s3:ListBucket", "dynamodb:Query"],
                                "Resource": ["arn:aws:s3:::bucket-%d", "arn:aws:s3:::bucket-%d/*"]
                            }
                        ]
                    }`

// account writes an account file with n roles, as the AWS CLI prints it: about
// 2.3 kB a role.
func account(id string, n int) []byte {
	var b strings.Builder
	b.WriteString("{\n    \"UserDetailList\": [],\n    \"GroupDetailList\": [],\n    \"RoleDetailList\": [\n")
	for i := range n {
		if i > 0 {
			b.WriteString(",\n")
		}
		fmt.Fprintf(&b, `        {
            "Path": "/team%d/",
            "RoleName": "role-%04d",
            "RoleId": "AROAEXAMPLE%09d",
            "Arn": "arn:aws:iam::%s:role/team%d/role-%04d",
            "CreateDate": "2024-05-06T07:08:09+00:00",
            "AssumeRolePolicyDocument": %s,
            "InstanceProfileList": [],
            "RolePolicyList": [
                {
                    "PolicyName": "inline",
                    "PolicyDocument": %s
                }
            ],
            "AttachedManagedPolicies": [
                {
                    "PolicyName": "shared",
                    "PolicyArn": "arn:aws:iam::%s:policy/shared"
                }
            ],
            "Tags": [
                {
                    "Key": "Owner",
                    "Value": "team%d@example.com"
                }
            ],
            "RoleLastUsed": {}
        }`, i%7, i, i, id, i%7, i, fmt.Sprintf(trustDoc, id), fmt.Sprintf(inlineDoc, i, i), id, i%7)
	}
	fmt.Fprintf(&b, `
    ],
    "Policies": [
        {
            "PolicyName": "shared",
            "PolicyId": "ANPAEXAMPLE000000001",
            "Arn": "arn:aws:iam::%s:policy/shared",
            "Path": "/",
            "DefaultVersionId": "v1",
            "PolicyVersionList": [{"Document": %s, "VersionId": "v1", "IsDefaultVersion": true}]
        }
    ]
}
`, id, fmt.Sprintf(inlineDoc, 0, 0))
	return []byte(b.String())
}

func write(t testing.TB, dir, name string, data []byte) {
	t.Helper()
	path := filepath.Join(dir, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
}

// BenchmarkOneRole opens an estate of 2,000 roles and reads one: the part that
// the estate has in explaining one event. The aim is under 25 ms.
func BenchmarkOneRole(b *testing.B) {
	for _, c := range []struct {
		name            string
		accounts, roles int
	}{{"one account", 1, 2000}, {"20 accounts", 20, 100}} {
		b.Run(c.name, func(b *testing.B) {
			dir := b.TempDir()
			for i := range c.accounts {
				id := fmt.Sprintf("1111111111%02d", i)
				data := account(id, c.roles)
				b.SetBytes(int64(len(data)))
				write(b, dir, "accounts/"+id+"/authorization-details.json", data)
			}
			b.ResetTimer()
			for b.Loop() {
				s, err := Open(dir)
				if err != nil {
					b.Fatal(err)
				}
				a, _ := s.Estate().Account("111111111100").Get()
				r, ok := a.Role("role-0007").Get()
				if !ok {
					b.Fatal("no role")
				}
				if p, ok := r.Trust.Get(); !ok || len(p.Document().Statements) != 1 {
					b.Fatal("no trust policy")
				}
			}
		})
	}
}
