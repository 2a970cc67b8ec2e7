package cli

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// roleForm is a role as the AWS CLI prints it: number, account, trusted user.
const roleForm = `        {
            "Path": "/",
            "RoleName": "%[1]s",
            "RoleId": "AROAEXAMPLE%010[2]d",
            "Arn": "arn:aws:iam::%[3]s:role/%[1]s",
            "CreateDate": "2024-05-06T07:08:09+00:00",
            "AssumeRolePolicyDocument": {
                "Version": "2012-10-17",
                "Statement": [
                    {
                        "Sid": "OnlyCarol",
                        "Effect": "Allow",
                        "Principal": {
                            "AWS": "arn:aws:iam::123456789012:user/carol"
                        },
                        "Action": "sts:AssumeRole",
                        "Condition": {
                            "Bool": {
                                "aws:MultiFactorAuthPresent": "true"
                            }
                        }
                    }
                ]
            },
            "InstanceProfileList": [],
            "RolePolicyList": [
                {
                    "PolicyName": "data",
                    "PolicyDocument": {
                        "Version": "2012-10-17",
                        "Statement": [
                            {
                                "Sid": "Read",
                                "Effect": "Allow",
                                "Action": [
                                    "s3:GetObject",
                                    "s3:ListBucket",
                                    "dynamodb:Query"
                                ],
                                "Resource": [
                                    "arn:aws:s3:::bucket-%[2]d",
                                    "arn:aws:s3:::bucket-%[2]d/*",
                                    "arn:aws:dynamodb:eu-west-1:%[3]s:table/table-%[2]d"
                                ]
                            },
                            {
                                "Effect": "Allow",
                                "Action": "sts:AssumeRole",
                                "Resource": "arn:aws:iam::%[3]s:role/role-%[2]d"
                            }
                        ]
                    }
                }
            ],
            "AttachedManagedPolicies": [
                {
                    "PolicyName": "shared",
                    "PolicyArn": "arn:aws:iam::%[3]s:policy/shared"
                }
            ],
            "Tags": [
                {
                    "Key": "Owner",
                    "Value": "team-%[2]d"
                }
            ],
            "RoleLastUsed": {}
        }`

// userForm is a user who may assume every role: name, account.
const userForm = `        {
            "Path": "/",
            "UserName": "%[1]s",
            "UserId": "%[3]s",
            "Arn": "arn:aws:iam::%[2]s:user/%[1]s",
            "CreateDate": "2024-05-06T07:08:09+00:00",
            "GroupList": [],
            "AttachedManagedPolicies": [
                {
                    "PolicyName": "shared",
                    "PolicyArn": "arn:aws:iam::%[2]s:policy/shared"
                }
            ],
            "Tags": []
        }`

const sharedForm = `        {
            "PolicyName": "shared",
            "PolicyId": "ANPAEXAMPLE",
            "Arn": "arn:aws:iam::%s:policy/shared",
            "Path": "/",
            "DefaultVersionId": "v1",
            "AttachmentCount": 100,
            "IsAttachable": true,
            "PolicyVersionList": [
                {
                    "Document": {
                        "Version": "2012-10-17",
                        "Statement": [
                            {
                                "Effect": "Allow",
                                "Action": "sts:AssumeRole",
                                "Resource": "*"
                            }
                        ]
                    },
                    "VersionId": "v1",
                    "IsDefaultVersion": true,
                    "CreateDate": "2024-05-06T07:08:09+00:00"
                }
            ]
        }`

// The users of the sample events that largeEstate has, with their ids.
var people = [][2]string{{"alice", "AIDAW7LR2OB3SVL2TOWUY"}, {"bob", "AIDAIICWR5MJXQQOHHG3D"}, {"carol", "AIDAEXAMPLECAROL00001"}}

// largeEstate writes an estate directory of roles, spread evenly over accounts.
// Two of the accounts, or the one, are those of the sample events; in the middle
// of each account's roles stand Deployer and log-reader, which trust carol only.
func largeEstate(t testing.TB, accounts, roles int) string {
	t.Helper()
	dir := t.TempDir()
	ids := []string{"123456789012", "444455556666"}
	for i := len(ids); i < accounts; i++ {
		ids = append(ids, fmt.Sprintf("%012d", 200000000000+i))
	}
	put := func(name, text string) {
		path := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	put("estate.json", `{"schema":"assumewhy.estate/v1","organization":"none"}`)
	for _, id := range ids[:accounts] {
		put("accounts/"+id+"/authorization-details.json", details(id, roles/accounts))
		put("accounts/"+id+"/identity-providers.json", `{"OpenIDConnectProviderList":[],"SAMLProviderList":[]}`)
	}
	return dir
}

// details is authorization-details.json of an account with n roles.
func details(account string, n int) string {
	users, roles := make([]string, 0, len(people)), make([]string, n)
	for _, p := range people {
		users = append(users, fmt.Sprintf(userForm, p[0], account, p[1]))
	}
	for i := range roles {
		name := fmt.Sprintf("role-%04d", i)
		switch i {
		case n / 2:
			name = "Deployer"
		case n/2 + 1:
			name = "log-reader"
		}
		roles[i] = fmt.Sprintf(roleForm, name, i, account)
	}
	return "{\n    \"UserDetailList\": [\n" + strings.Join(users, ",\n") +
		"\n    ],\n    \"GroupDetailList\": [],\n    \"RoleDetailList\": [\n" + strings.Join(roles, ",\n") +
		"\n    ],\n    \"Policies\": [\n" + fmt.Sprintf(sharedForm, account) + "\n    ],\n    \"IsTruncated\": false\n}\n"
}
