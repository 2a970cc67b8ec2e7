package reconstruct_test

import (
	"testing"

	"github.com/assumewhy/assumewhy/pkg/reconstruct"
)

// TestActions: a companion applies where message, record or operator show its
// parameter or that it is inherited, not where they show that there is none,
// and is unknown else.
func TestActions(t *testing.T) {
	rp := func(members string) map[string]string {
		return map[string]string{"requestParameters": `{"roleArn":"` + roleARN + `"` + members + `}`}
	}
	says := func(action string) map[string]string {
		return map[string]string{"errorMessage": `"User: x is not authorized to perform: ` + action + ` on resource: ` + roleARN + `"`}
	}
	console := map[string]string{"userAgent": `"AWS Internal"`}
	const open = "AssumeRole true named, TagSession, SetSourceIdentity, SetContext"
	const none = "AssumeRole true named, TagSession false, SetSourceIdentity false, SetContext false"
	const sim = "AssumeRole true, TagSession false, SetSourceIdentity false, SetContext false"
	tests := []struct {
		name, caller string
		edits        map[string]string
		known        []reconstruct.Known
		want         string
	}{
		{"user", "user", nil, nil, open},
		{"role", "role", nil, nil, open},
		{"role with a source identity", "role source", nil, nil, "AssumeRole true named, TagSession, SetSourceIdentity true, SetContext"},
		{"parameters, none", "user", rp(""), nil, none},
		{"parameters, none, role", "role", rp(""), nil, none},
		{"parameters, none, role without its session", "no context", rp(""), nil, "AssumeRole true named, TagSession false, SetSourceIdentity, SetContext false"},
		{"parameters, tags", "user", rp(`,"tags":[{"key":"a","value":"b"}]`), nil, "AssumeRole true named, TagSession true, SetSourceIdentity false, SetContext false"},
		{"parameters, tags inherited", "role", rp(`,"incomingTransitiveTags":{"a":"b"}`), nil, "AssumeRole true named, TagSession true, SetSourceIdentity false, SetContext false"},
		{"parameters, tags not read", "user", rp(`,"tags":7`), nil, "AssumeRole true named, TagSession true, SetSourceIdentity false, SetContext false"},
		{"parameters, source identity", "user", rp(`,"sourceIdentity":"b"`), nil, "AssumeRole true named, TagSession false, SetSourceIdentity true, SetContext false"},
		{"parameters, source identity not read", "user", rp(`,"sourceIdentity":7`), nil, "AssumeRole true named, TagSession false, SetSourceIdentity true, SetContext false"},
		{"parameters, context", "user", rp(`,"providedContexts":[{}]`), nil, "AssumeRole true named, TagSession false, SetSourceIdentity false, SetContext true"},
		{"console", "user", console, nil, none},
		{"console, role: transitive tags", "role", console, nil, "AssumeRole true named, TagSession, SetSourceIdentity false, SetContext false"},
		{"console, role without its session", "no context", console, nil, "AssumeRole true named, TagSession, SetSourceIdentity, SetContext false"},
		{"message names tags", "user", says("sts:TagSession"), nil, "AssumeRole true, TagSession true named, SetSourceIdentity, SetContext"},
		{"message names tags in lower case", "user", says("sts:tagsession"), nil, "AssumeRole true, TagSession true named, SetSourceIdentity, SetContext"},
		{"message names the source identity", "user", says("sts:SetSourceIdentity"), nil, "AssumeRole true, TagSession, SetSourceIdentity true named, SetContext"},
		{"message names the context", "user", says("sts:SetContext"), nil, "AssumeRole true, TagSession, SetSourceIdentity, SetContext true named"},
		{"message names another action", "user", says("sts:GetSessionToken"), nil, "AssumeRole true, TagSession, SetSourceIdentity, SetContext"},
		{"token", "oidc", nil, nil, "AssumeRoleWithWebIdentity true, TagSession, SetSourceIdentity"},
		{"token, tags", "oidc", rp(`,"principalTags":{"a":"b"}`), nil, "AssumeRoleWithWebIdentity true, TagSession true, SetSourceIdentity"},
		{"assertion", "saml", nil, nil, "AssumeRoleWithSAML true, TagSession, SetSourceIdentity"},
		{"assume root", "user", map[string]string{"eventName": `"AssumeRoot"`}, nil, "AssumeRoot true"},
		{"operator: tags", "user", nil, []reconstruct.Known{know(oneTag, "blue")}, "AssumeRole true named, TagSession true, SetSourceIdentity, SetContext"},
		{"operator: tag keys", "user", nil, []reconstruct.Known{know(tagKeys, "Team")}, "AssumeRole true named, TagSession true, SetSourceIdentity, SetContext"},
		{"operator: no tags", "user", nil, []reconstruct.Known{know(tagKeys)}, "AssumeRole true named, TagSession false, SetSourceIdentity, SetContext"},
		{"operator: no tags, role", "role", nil, []reconstruct.Known{know(tagKeys)}, "AssumeRole true named, TagSession false, SetSourceIdentity, SetContext"},
		{"operator: no tags, token", "oidc", nil, []reconstruct.Known{know(tagKeys)}, "AssumeRoleWithWebIdentity true, TagSession false, SetSourceIdentity"},
		{"operator: one tag absent", "user", nil, []reconstruct.Known{know(oneTag)}, open},
		{"operator: source identity", "user", nil, []reconstruct.Known{know(sourceKey, "bob")}, "AssumeRole true named, TagSession, SetSourceIdentity true, SetContext"},
		{"operator: no source identity, token", "oidc", nil, []reconstruct.Known{know(sourceKey)}, "AssumeRoleWithWebIdentity true, TagSession, SetSourceIdentity false"},
		{"operator: source identity of the session", "role", nil, []reconstruct.Known{know("aws:SourceIdentity", "bob")}, "AssumeRole true named, TagSession, SetSourceIdentity true, SetContext"},
		{"operator: context", "user", nil, []reconstruct.Known{know("sts:RequestContext/x", "y")}, "AssumeRole true named, TagSession, SetSourceIdentity, SetContext true"},
		{"operator: no context", "user", nil, []reconstruct.Known{know(contexts)}, "AssumeRole true named, TagSession, SetSourceIdentity, SetContext false"},
		{"operator against the message", "user", says("sts:TagSession"), []reconstruct.Known{know(tagKeys)}, "AssumeRole true, TagSession true named, SetSourceIdentity, SetContext"},
		{"simulated", "simulate " + asUser, nil, nil, sim},
		{"simulated role", "simulate " + asSession, nil, nil, sim},
		{"simulated, tags unknown", "simulate " + asUser, nil, []reconstruct.Known{{Key: tagKeys, Any: true}}, "AssumeRole true, TagSession, SetSourceIdentity false, SetContext false"},
		{"simulated, source identity unknown", "simulate " + asUser, nil, []reconstruct.Known{{Key: sourceKey, Any: true}}, "AssumeRole true, TagSession false, SetSourceIdentity, SetContext false"},
		{"simulated token", "simulate " + provider, nil, nil, "AssumeRoleWithWebIdentity true, TagSession false, SetSourceIdentity false"},
		{"simulated built-in provider", "simulate accounts.google.com", nil, nil, "AssumeRoleWithWebIdentity true, TagSession false, SetSourceIdentity false"},
		{"simulated assertion", "simulate arn:aws:iam::" + theirs + ":saml-provider/x", nil, nil, "AssumeRoleWithSAML true, TagSession false, SetSourceIdentity false"},
		{"simulated service", "simulate ec2.amazonaws.com", nil, nil, sim},
	}
	for _, c := range tests {
		t.Run(c.name, func(t *testing.T) {
			if got := applies(ask(t, c.caller, c.edits, nothing(), c.known...)); got != c.want {
				t.Errorf("\n got %s\nwant %s", got, c.want)
			}
		})
	}
}
