package diagnose_test

import (
	"fmt"
	"strings"

	"github.com/assumewhy/assumewhy/pkg/reconstruct"
)

// allow writes a trust statement for an AWS principal of the caller's account
// ("user/bob", "role/app/Runner", "root") and an action.
func allow(principal, action string) string {
	return `{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::111111111111:` + principal + `"},"Action":"` + action + `"}`
}

// allowIf and denyIf are statements of an identity policy with a condition.
func allowIf(condition string) string {
	return `{"Effect":"Allow","Action":"sts:AssumeRole","Resource":"*","Condition":{` + condition + `}}`
}

func denyIf(condition string) string {
	return `{"Effect":"Deny","Action":"sts:AssumeRole","Resource":"*","Condition":{` + condition + `}}`
}

// trustDeny and rcpDeny deny everybody on a condition.
func trustDeny(condition string) string {
	return `{"Effect":"Deny","Principal":"*","Action":"sts:AssumeRole","Condition":{` + condition + `}}`
}

func rcpDeny(condition string) string {
	return `{"Effect":"Deny","Principal":"*","Action":"sts:AssumeRole","Resource":"*","Condition":{` + condition + `}}`
}

func resource(arn string) string {
	return `{"Effect":"Allow","Action":"sts:AssumeRole","Resource":"` + arn + `"}`
}

// knows is one fact of the operator; without values the key is absent.
func knows(key string, values ...string) []reconstruct.Known {
	return []reconstruct.Known{{Key: key, Values: values}}
}

// swap replaces text in an account's file (of id, or of any when empty).
func swap(id string, pairs ...string) func(string, string) string {
	return func(account, file string) string {
		if id != "" && id != account {
			return file
		}
		return strings.NewReplacer(pairs...).Replace(file)
	}
}

func orgSwap(pairs ...string) func(string) string {
	return strings.NewReplacer(pairs...).Replace
}

func field(pairs ...string) func(map[string]string) {
	return func(f map[string]string) {
		for i := 0; i < len(pairs); i += 2 {
			f[pairs[i]] = pairs[i+1]
		}
	}
}

// console makes the record that of a switch of role in the console.
func console(f map[string]string) {
	f["sourceIPAddress"], f["userAgent"] = `"AWS Internal"`, `"AWS Internal"`
	f["userIdentity"] = strings.TrimSuffix(f["userIdentity"], "}") + `,"invokedBy":"AWS Internal"}`
	delete(f, "tlsDetails")
}

// failure makes the record one of another error code and message.
func failure(code, message string) func(map[string]string) {
	return field("errorCode", fmt.Sprintf("%q", code), "errorMessage", fmt.Sprintf("%q", message))
}

// extraRole adds a role to an account's file.
func extraRole(account, path, name, trust string) func(string, string) string {
	return func(id, file string) string {
		if id != account {
			return file
		}
		role := fmt.Sprintf(`{"Path":%q,"RoleName":%q,"RoleId":"AROAEXAMPLEEXAMPLEXTR","Arn":"arn:aws:iam::%s:role%s%s","RolePolicyList":[{"PolicyName":"own","PolicyDocument":%s}],"AttachedManagedPolicies":[],"Tags":[],"InstanceProfileList":[],"AssumeRolePolicyDocument":%s}`,
			path, name, account, path, name, doc(allowSTS), doc(trust))
		return strings.Replace(strings.Replace(file, `"RoleDetailList":[`, `"RoleDetailList":[`+role+`,`, 1), ",],", "],", 1)
	}
}

// extraUser adds a user to an account's file.
func extraUser(account, name string) func(string, string) string {
	return func(id, file string) string {
		if id != account {
			return file
		}
		user := fmt.Sprintf(`{"Path":"/","UserName":%q,"UserId":"AIDAEXAMPLEEXAMPLEXTR","Arn":"arn:aws:iam::%s:user/%[1]s","UserPolicyList":[{"PolicyName":"own","PolicyDocument":%s}],"AttachedManagedPolicies":[],"Tags":[],"GroupList":[]}`, name, account, doc(allowSTS))
		return strings.Replace(strings.Replace(file, `"UserDetailList":[`, `"UserDetailList":[`+user+`,`, 1), ",],", "],", 1)
	}
}

// attached attaches a managed policy with statements to the user bob.
func attached(arn, statements string) func(string, string) string {
	name := arn[strings.LastIndex(arn, "/")+1:]
	return swap(home, `"AttachedManagedPolicies":[],"Tags":[],"GroupList"`, `"AttachedManagedPolicies":[{"PolicyName":"`+name+`","PolicyArn":"`+arn+`"}],"Tags":[],"GroupList"`,
		`"Policies":[`, `"Policies":[{"PolicyName":"`+name+`","PolicyId":"ANPAEXAMPLEEXAMPLE009","Arn":"`+arn+`","Path":"/","DefaultVersionId":"v1","PolicyVersionList":[{"VersionId":"v1","IsDefaultVersion":true,"Document":`+doc(statements)+`}]}`)
}

const githubProvider = "arn:aws:iam::222222222222:oidc-provider/token.actions.githubusercontent.com"

// web makes the record that of a web identity.
func web(provider, aud, sub string) func(map[string]string) {
	return field("eventName", `"AssumeRoleWithWebIdentity"`, "errorMessage", `"An unknown error occurred"`, "recipientAccountId", `"222222222222"`,
		"userIdentity", fmt.Sprintf(`{"type":"WebIdentityUser","principalId":%q,"userName":%q,"identityProvider":%q}`, provider+":"+aud+":"+sub, sub, provider),
		"requestParameters", `{"roleArn":"arn:aws:iam::222222222222:role/team/Target","roleSessionName":"run-1"}`,
		"resources", `[{"ARN":"arn:aws:iam::222222222222:role/team/Target","type":"AWS::IAM::Role","accountId":"222222222222"}]`)
}

func trustWeb(condition string) string {
	return `{"Effect":"Allow","Principal":{"Federated":"` + githubProvider + `"},"Action":"sts:AssumeRoleWithWebIdentity","Condition":{` + condition + `}}`
}

const (
	allowed  = "allowed_now: evidence.contradiction possible"
	ip       = `"IpAddress":{"aws:SourceIp":"192.0.2.0/24"}`
	region   = `"StringEquals":{"aws:RequestedRegion":"eu-central-1"}`
	name     = `"StringLike":{"sts:RoleSessionName":"bob-*"}`
	external = `"StringEquals":{"sts:ExternalId":"k-1"}`
	mfa      = `"Bool":{"aws:MultiFactorAuthPresent":"true"}`
	noMFA    = `"BoolIfExists":{"aws:MultiFactorAuthPresent":"false"}`
	github   = "token.actions.githubusercontent.com"
)
