package reconstruct_test

import (
	"maps"
	"testing"
)

const (
	externalID = "sts:ExternalId"
	sessionKey = "sts:RoleSessionName"
	sourceKey  = "sts:SourceIdentity"
	tagKeys    = "aws:TagKeys"
	transitive = "sts:TransitiveTagKeys"
	oneTag     = "aws:RequestTag/Team"
	otherTag   = "aws:RequestTag/other"
	contexts   = "sts:RequestContextProviders"
)

const usuallyNot = "unknown, usually absent"

// TestParameters: a denied AssumeRole is logged without its parameters; where
// they are there, one that is missing was not passed. The console sends none.
func TestParameters(t *testing.T) {
	rp := func(members string) map[string]string {
		return map[string]string{"requestParameters": `{"roleArn":"` + roleARN + `"` + members + `}`}
	}
	says := func(action string) map[string]string {
		return map[string]string{"errorMessage": `"User: x is not authorized to perform: ` + action + ` on resource: ` + roleARN + `"`}
	}
	console := map[string]string{"userAgent": `"AWS Internal"`}
	every := func(state string) map[string]string {
		return map[string]string{externalID: state, sourceKey: state, tagKeys: state, transitive: state, oneTag: state, contexts: state, "sts:RequestContext/x": state, sessionKey: "present_unknown"}
	}
	but := func(m map[string]string, more ...string) map[string]string {
		m = maps.Clone(m)
		for i := 0; i < len(more); i += 2 {
			m[more[i]] = more[i+1]
		}
		return m
	}
	inherited := []string{tagKeys, usuallyNot, transitive, usuallyNot, oneTag, usuallyNot}
	token := but(every(usuallyNot), externalID, "absent", contexts, "absent", "sts:RequestContext/x", "absent", sessionKey, "s")
	tests := []struct {
		name, caller string
		edits        map[string]string
		want         map[string]string
	}{
		{"denied", "user", nil, every(usuallyNot)},
		{"denied, role", "role", nil, every(usuallyNot)},
		{"none passed", "user", rp(""), every("absent")},
		{"none passed, role", "role", rp(""), every("absent")},
		{"ExternalId", "user", rp(`,"externalId":"secret","roleSessionName":"s"`), but(every("absent"), externalID, "secret", sessionKey, "s")},
		{"ExternalId, empty", "user", rp(`,"externalId":""`), but(every("absent"), externalID, "")},
		{"ExternalId, not text", "user", rp(`,"externalId":7`), but(every("absent"), externalID, "present_unknown")},
		{
			"tags", "user", rp(`,"tags":[{"key":"team","value":"blue"},{"key":"cost","value":"1"}],"transitiveTagKeys":["cost"]`),
			but(every("absent"), oneTag, "blue", tagKeys, "team | cost", transitive, "cost", otherTag, "absent"),
		},
		{"tags inherited", "role", rp(`,"incomingTransitiveTags":{"Team":"blue"}`), but(every("absent"), oneTag, "blue", tagKeys, "Team", otherTag, "absent")},
		{
			"tags, not all read", "user", rp(`,"tags":[{"key":"team","value":"blue"},7]`),
			but(every("absent"), oneTag, "blue", tagKeys, "present_unknown", transitive, "unknown", otherTag, "unknown"),
		},
		{
			"transitive keys, not a list", "user", rp(`,"tags":[{"key":"team","value":"blue"}],"transitiveTagKeys":7`),
			but(every("absent"), oneTag, "blue", tagKeys, "team", transitive, "present_unknown"),
		},
		{"source identity", "user", rp(`,"sourceIdentity":"bob"`), but(every("absent"), sourceKey, "bob")},
		{"source identity, not text", "user", rp(`,"sourceIdentity":{}`), but(every("absent"), sourceKey, "present_unknown")},
		{"source identity inherited", "role source", nil, but(every(usuallyNot), sourceKey, "alice@example.com")},
		{"source identity inherited, another passed", "role source", rp(`,"sourceIdentity":"bob"`), but(every("absent"), sourceKey, "alice@example.com")},
		{"context", "user", rp(`,"providedContexts":[{}]`), but(every("absent"), contexts, "present_unknown", "sts:RequestContext/x", "unknown")},
		{"console", "user", console, every("absent")},
		{"console, role", "role", console, but(every("absent"), inherited...)},
		{"console, role without its session", "no context", console, but(every("absent"), append(inherited, sourceKey, usuallyNot)...)},
		{"sign-in", "user", signIn, every("absent")},
		{"message says tags", "user", says("sts:TagSession"), but(every(usuallyNot), tagKeys, "present_unknown", transitive, "unknown", oneTag, "unknown")},
		{"message says source identity", "user", says("sts:SetSourceIdentity"), but(every(usuallyNot), sourceKey, "present_unknown")},
		{"message says context", "user", says("sts:SetContext"), but(every(usuallyNot), contexts, "present_unknown", "sts:RequestContext/x", "unknown")},
		{"token", "oidc", nil, token},
		{"token, tags", "oidc", rp(`,"principalTags":{"Team":"blue"}`), but(token, oneTag, "blue", tagKeys, "Team", transitive, "absent", sessionKey, "present_unknown")},
		{"assertion", "saml", nil, token},
		{"message of a token", "text Not authorized to perform sts:AssumeRoleWithWebIdentity", nil, but(token, sessionKey, "present_unknown")},
		{"message", "text User: " + asUser + message, nil, every(usuallyNot)},
		{"simulated", "simulate " + asUser, nil, every("absent")},
		{"simulated role", "simulate " + asSession, nil, every("absent")},
	}
	for _, c := range tests {
		t.Run(c.name, func(t *testing.T) { keys(t, ask(t, c.caller, c.edits, nothing()), c.want) })
	}
}

// TestOtherActions: keys of other actions of AWS STS are never there.
func TestOtherActions(t *testing.T) {
	for caller := range callers {
		keys(t, ask(t, caller, nil, nothing()), map[string]string{
			"sts:DurationSeconds": "absent", "sts:AWSServiceName": "absent", "sts:IdentityTokenAudience": "absent", "sts:SigningAlgorithm": "absent", "sts:TaskPolicyArn": "absent",
		})
	}
	root := map[string]string{"eventName": `"AssumeRoot"`}
	keys(t, ask(t, "user", root, nothing()), map[string]string{"sts:TaskPolicyArn": "present_unknown"})
	root["requestParameters"] = `{"targetPrincipal":"` + theirs + `","taskPolicyArn":{"arn":"arn:aws:iam::aws:policy/root-task/S3UnlockBucketPolicy"}}`
	keys(t, ask(t, "user", root, nothing()), map[string]string{"sts:TaskPolicyArn": "arn:aws:iam::aws:policy/root-task/S3UnlockBucketPolicy", "aws:ResourceAccount": theirs})
}
