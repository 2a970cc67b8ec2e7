package awsworld

import (
	"encoding/json"
	"strings"
	"time"
)

// Denied is a record of a denied AssumeRole as CloudTrail writes it: what was
// asked is null, and only AWS's message names the role. Change, where given,
// changes it further.
func Denied(id string, at time.Time, caller, role string, change ...func(map[string]any)) map[string]any {
	r := map[string]any{
		"eventVersion": "1.11", "eventID": id, "eventTime": at.UTC().Format(time.RFC3339), "eventSource": "sts.amazonaws.com",
		"eventName": "AssumeRole", "awsRegion": Region, "sourceIPAddress": "192.0.2.7", "userAgent": "aws-cli/2.31.0",
		"errorCode": "AccessDenied", "requestParameters": nil, "responseElements": nil,
		"errorMessage": "User: " + caller + " is not authorized to perform: sts:AssumeRole on resource: " + role,
		"userIdentity": Identity(caller), "recipientAccountId": strings.Split(caller, ":")[4],
		"readOnly": true, "managementEvent": true, "eventType": "AwsApiCall", "eventCategory": "Management",
	}
	for _, f := range change {
		f(r)
	}
	return r
}

// DeniedWebIdentity is a record of a denied AssumeRoleWithWebIdentity.
func DeniedWebIdentity(id string, at time.Time, provider, audience, subject, role string) map[string]any {
	return map[string]any{
		"eventVersion": "1.08", "eventID": id, "eventTime": at.UTC().Format(time.RFC3339), "eventSource": "sts.amazonaws.com",
		"eventName": "AssumeRoleWithWebIdentity", "awsRegion": "us-east-1", "sourceIPAddress": "192.0.2.7", "userAgent": "aws-cli/2.31.0",
		"errorCode": "AccessDenied", "errorMessage": "An unknown error occurred", "recipientAccountId": strings.Split(role, ":")[4],
		"requestParameters": map[string]any{"roleArn": role, "roleSessionName": "run"},
		"userIdentity": map[string]any{
			"type": "WebIdentityUser", "principalId": provider + ":" + audience + ":" + subject,
			"userName": subject, "identityProvider": provider,
		},
		"readOnly": true, "managementEvent": true, "eventType": "AwsApiCall", "eventCategory": "Management",
	}
}

// Identity is userIdentity, without the ids that moto makes up, of a user's or a role session's ARN; of a role that
// is of Identity Center the path is in it, as CloudTrail has it.
func Identity(arn string) map[string]any {
	account := strings.Split(arn, ":")[4]
	if !strings.Contains(arn, ":assumed-role/") {
		name := arn[strings.LastIndex(arn, "/")+1:]
		return map[string]any{"type": "IAMUser", "arn": arn, "accountId": account, "accessKeyId": "AKIAI44QH8DHBEXAMPLE", "userName": name}
	}
	name := strings.Split(arn, "/")[1]
	path := "/"
	if strings.HasPrefix(name, "AWSReservedSSO_") {
		path = "/aws-reserved/sso.amazonaws.com/"
	}
	return map[string]any{
		"type": "AssumedRole", "arn": arn, "accountId": account, "accessKeyId": "ASIAIOSFODNN7EXAMPLE",
		"sessionContext": map[string]any{
			"sessionIssuer": map[string]any{
				"type": "Role", "arn": "arn:aws:iam::" + account + ":role" + path + name, "accountId": account, "userName": name,
			},
			"attributes": map[string]any{"creationDate": "2026-11-22T07:00:00Z", "mfaAuthenticated": "false"},
		},
	}
}

// Delivered is a record in EventBridge's envelope, as CloudTrail sends it.
func Delivered(record map[string]any) []byte {
	raw, err := json.Marshal(map[string]any{
		"version": "0", "id": "b1c2d3e4-0000-4000-8000-000000000000", "detail-type": "AWS API Call via CloudTrail", "source": "aws.sts",
		"account": record["recipientAccountId"], "time": record["eventTime"], "region": record["awsRegion"], "resources": []string{}, "detail": record,
	})
	if err != nil {
		panic(err) // maps of text
	}
	return raw
}
