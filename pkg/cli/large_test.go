package cli

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// roleForm is a role as the AWS CLI prints it: name, number, account, and the
// statement of its trust policy.
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
%[4]s
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

// Statements of trust policies: carol with MFA, whoever knows the external id,
// sessions of a team of the organization, and a workflow of GitHub's in the
// account. Each is given the account.
var trustForms = [...]string{
	`                        "Sid": "OnlyCarol",
                        "Effect": "Allow",
                        "Principal": {
                            "AWS": "arn:aws:iam::123456789012:user/carol"
                        },
                        "Action": "sts:AssumeRole",
                        "Condition": {
                            "Bool": {
                                "aws:MultiFactorAuthPresent": "true"
                            }
                        }`,
	`                        "Sid": "Partner",
                        "Effect": "Allow",
                        "Principal": {
                            "AWS": [
                                "arn:aws:iam::123456789012:root",
                                "arn:aws:iam::444455556666:root"
                            ]
                        },
                        "Action": [
                            "sts:AssumeRole",
                            "sts:TagSession"
                        ],
                        "Condition": {
                            "StringEquals": {
                                "sts:ExternalId": "partner-7f3a"
                            },
                            "IpAddress": {
                                "aws:SourceIp": [
                                    "192.0.2.0/24",
                                    "203.0.113.0/25"
                                ]
                            }
                        }`,
	`                        "Sid": "Team",
                        "Effect": "Allow",
                        "Principal": {
                            "AWS": "*"
                        },
                        "Action": "sts:AssumeRole",
                        "Condition": {
                            "StringEquals": {
                                "aws:PrincipalOrgID": "o-a1b2c3d4e5",
                                "aws:PrincipalTag/team": "platform"
                            },
                            "ArnLike": {
                                "aws:PrincipalArn": "arn:aws:iam::*:role/aws-reserved/sso.amazonaws.com/*/AWSReservedSSO_*"
                            }
                        }`,
	`                        "Sid": "Workflow",
                        "Effect": "Allow",
                        "Principal": {
                            "Federated": "arn:aws:iam::%[1]s:oidc-provider/token.actions.githubusercontent.com"
                        },
                        "Action": "sts:AssumeRoleWithWebIdentity",
                        "Condition": {
                            "StringEquals": {
                                "token.actions.githubusercontent.com:aud": "sts.amazonaws.com"
                            },
                            "StringLike": {
                                "token.actions.githubusercontent.com:sub": "repo:octo-org/octo-repo:ref:refs/heads/main"
                            }
                        }`,
}

// userForm is a user: name, account, id, and a policy of the account's.
const userForm = `        {
            "Path": "/",
            "UserName": "%[1]s",
            "UserId": "%[3]s",
            "Arn": "arn:aws:iam::%[2]s:user/%[1]s",
            "CreateDate": "2024-05-06T07:08:09+00:00",
            "GroupList": [],
            "AttachedManagedPolicies": [
                {
                    "PolicyName": "%[4]s",
                    "PolicyArn": "arn:aws:iam::%[2]s:policy/%[4]s"
                }
            ],
            "Tags": []
        }`

// policyForm is a policy of the account's: name, account, which roles it lets
// its users assume.
const policyForm = `        {
            "PolicyName": "%[1]s",
            "PolicyId": "ANPAEXAMPLE%[1]s",
            "Arn": "arn:aws:iam::%[2]s:policy/%[1]s",
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
                                "Resource": "%[3]s"
                            }
                        ]
                    },
                    "VersionId": "v1",
                    "IsDefaultVersion": true,
                    "CreateDate": "2024-05-06T07:08:09+00:00"
                }
            ]
        }`

// person is a user that every account of largeEstate has: three of the sample
// events' and one more, who may do little.
type person struct{ name, id, policy string }

var people = []person{
	{"alice", "AIDAW7LR2OB3SVL2TOWUY", "shared"},
	{"bob", "AIDAIICWR5MJXQQOHHG3D", "shared"},
	{"carol", "AIDAEXAMPLECAROL00001", "shared"},
	{"dave", "AIDAEXAMPLEDAVE000001", "little"},
}

const (
	githubList = `{"OpenIDConnectProviderList":[{"Arn":"arn:aws:iam::%s:oidc-provider/token.actions.githubusercontent.com",` +
		`"Url":"token.actions.githubusercontent.com","ClientIDList":["sts.amazonaws.com"]}],"SAMLProviderList":[]}`
	scpForm = `{"Id":"%[1]s","Arn":"arn:aws:organizations::111122223333:policy/o-a1b2c3d4e5/service_control_policy/%[1]s",` +
		`"Name":"%[2]s","Type":"SERVICE_CONTROL_POLICY","AwsManaged":false,"Content":{"Version":"2012-10-17","Statement":[%[3]s]}}`
	regions = `{"Sid":"Regions","Effect":"Deny","NotAction":["iam:*","organizations:*","route53:*","cloudfront:*","support:*"],"Resource":"*",` +
		`"Condition":{"StringNotEquals":{"aws:RequestedRegion":["eu-west-1","eu-central-1","us-east-1"]},` +
		`"ArnNotLike":{"aws:PrincipalArn":"arn:aws:iam::*:role/admin/*"}}}`
	guard = `{"Sid":"Stay","Effect":"Deny","Action":["organizations:LeaveOrganization","account:CloseAccount"],"Resource":"*"},` +
		`{"Sid":"Admins","Effect":"Deny","Action":"sts:AssumeRole","Resource":"arn:aws:iam::*:role/org-admin*",` +
		`"Condition":{"StringNotEquals":{"aws:PrincipalTag/team":"platform"}}}`
)

// accountIDs are those of n accounts; two, or the one, are of the sample events.
func accountIDs(n int) []string {
	ids := []string{"123456789012", "444455556666"}
	for i := len(ids); i < n; i++ {
		ids = append(ids, fmt.Sprintf("%012d", 200000000000+i))
	}
	return ids[:n]
}

// roleName is that of the i-th of n roles of an account: in the middle stand
// Deployer and log-reader, which trust carol only.
func roleName(i, n int) string {
	switch i {
	case n / 2:
		return "Deployer"
	case n/2 + 1:
		return "log-reader"
	}
	return fmt.Sprintf("role-%04d", i)
}

// trustOf is which of trustForms the i-th of n roles has.
func trustOf(i, n int) int {
	if i == n/2 || i == n/2+1 {
		return 0
	}
	return i % len(trustForms)
}

// largeEstate writes an estate directory of roles, spread evenly over accounts
// of one organization.
func largeEstate(t testing.TB, accounts, roles int) string {
	t.Helper()
	dir := t.TempDir()
	put := func(name string, write func(w io.Writer)) {
		path := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		f, err := os.Create(path)
		if err != nil {
			t.Fatal(err)
		}
		w := bufio.NewWriter(f)
		write(w)
		if err := errors.Join(w.Flush(), f.Close()); err != nil {
			t.Fatal(err)
		}
	}
	text := func(s string) func(io.Writer) { return func(w io.Writer) { fmt.Fprint(w, s) } }
	put("estate.json", text(`{"schema":"assumewhy.estate/v1","organization":"known"}`))
	put("organization.json", text(organization(accountIDs(accounts))))
	for _, id := range accountIDs(accounts) {
		put("accounts/"+id+"/authorization-details.json", func(w io.Writer) { details(w, id, roles/accounts) })
		put("accounts/"+id+"/identity-providers.json", text(fmt.Sprintf(githubList, id)))
	}
	return dir
}

// organization is organization.json: the accounts in one of two units, each
// level with two policies.
func organization(ids []string) string {
	nodes := []string{
		`{"Id":"ou-k3x9-8w2hd5fn","Name":"Workloads","ParentId":"r-k3x9"}`,
		`{"Id":"ou-k3x9-s3ml0xqg","Name":"Sandbox","ParentId":"r-k3x9"}`,
		`{"Id":"111122223333","Name":"management","ParentId":"r-k3x9","State":"ACTIVE"}`,
	}
	targets := []string{"r-k3x9", "ou-k3x9-8w2hd5fn", "ou-k3x9-s3ml0xqg"}
	for i, id := range ids {
		nodes = append(nodes, fmt.Sprintf(`{"Id":"%s","Name":"account-%d","ParentId":"%s","State":"ACTIVE"}`, id, i, targets[1+i%2]))
	}
	var attached []string
	for _, target := range append(targets, ids...) {
		attached = append(attached, fmt.Sprintf(`{"PolicyId":"p-FullAWSAccess","TargetId":"%s"}`, target))
	}
	for i, target := range targets {
		attached = append(attached, fmt.Sprintf(`{"PolicyId":"p-example%d","TargetId":"%s"}`, min(i, 1), target))
	}
	return `{"Id":"o-a1b2c3d4e5","MasterAccountId":"111122223333",` +
		`"Roots":[{"Id":"r-k3x9","PolicyTypes":[{"Type":"SERVICE_CONTROL_POLICY","Status":"ENABLED"}]}],` +
		`"Nodes":[` + strings.Join(nodes, ",") + `],"Policies":[` +
		fmt.Sprintf(scpForm, "p-example0", "Guard", guard) + "," + fmt.Sprintf(scpForm, "p-example1", "Regions", regions) +
		`],"Attachments":[` + strings.Join(attached, ",") + "]}\n"
}

// details writes authorization-details.json of an account with n roles.
func details(w io.Writer, account string, n int) {
	list := func(name string, n int, element func(i int) string) {
		fmt.Fprintf(w, "    %q: [\n", name)
		for i := range n {
			text := element(i)
			if i < n-1 {
				text += ","
			}
			fmt.Fprintln(w, text)
		}
		fmt.Fprint(w, "    ],\n")
	}
	policies := []string{
		fmt.Sprintf(policyForm, "shared", account, "*"),
		fmt.Sprintf(policyForm, "little", account, "arn:aws:iam::"+account+":role/role-000*"),
	}
	fmt.Fprintln(w, "{")
	list("UserDetailList", len(people), func(i int) string {
		return fmt.Sprintf(userForm, people[i].name, account, people[i].id, people[i].policy)
	})
	list("GroupDetailList", 0, nil)
	list("RoleDetailList", n, func(i int) string {
		trust := strings.ReplaceAll(trustForms[trustOf(i, n)], "%[1]s", account)
		return fmt.Sprintf(roleForm, roleName(i, n), i, account, trust)
	})
	list("Policies", len(policies), func(i int) string { return policies[i] })
	fmt.Fprint(w, "    \"IsTruncated\": false\n}\n")
}
