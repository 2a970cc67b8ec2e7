package reconstruct_test

import (
	"testing"

	"github.com/assumewhy/assumewhy/pkg/evidence"
	"github.com/assumewhy/assumewhy/pkg/reconstruct"
	"github.com/assumewhy/assumewhy/pkg/request"
)

// TestOperator: what the operator knows stands over the rest, and brings what
// follows from it.
func TestOperator(t *testing.T) {
	list := func(k ...reconstruct.Known) []reconstruct.Known { return k }
	tests := []struct {
		name, caller string
		known        []reconstruct.Known
		want         map[string]string
	}{
		{"value", "user", list(know("sts:externalid", "secret")), map[string]string{externalID: "secret"}},
		{"absent", "user", list(know(externalID)), map[string]string{externalID: "absent"}},
		{"list", "user", list(know("aws:PrincipalOrgPaths", "o-a/r-a/", "o-a/r-a/ou-1/")), map[string]string{"aws:PrincipalOrgPaths": "o-a/r-a/ | o-a/r-a/ou-1/"}},
		{"over the event", "user", list(know("aws:SourceIp", "198.51.100.1")), map[string]string{"aws:SourceIp": "198.51.100.1"}},
		{"unknown", "simulate " + asUser, list(reconstruct.Known{Key: externalID, Any: true}), map[string]string{externalID: "unknown"}},
		{"another key", "user", list(know("example:key", "v")), map[string]string{"example:key": "v", "example:other": "unknown"}},
		{"tags", "user", list(know("aws:requesttag/team", "blue"), know("aws:RequestTag/Cost", "1")), map[string]string{
			oneTag: "blue", "aws:RequestTag/cost": "1", otherTag: "absent", tagKeys: "team | Cost", transitive: usuallyNot,
		}},
		{"tags, all of the keys", "user", list(know(oneTag, "blue"), know(tagKeys, "Team", "Cost")), map[string]string{
			oneTag: "blue", "aws:RequestTag/Cost": "present_unknown", otherTag: "absent", tagKeys: "Team | Cost",
		}},
		{"keys of tags alone", "simulate " + asUser, list(know(tagKeys, "Team")), map[string]string{
			oneTag: "present_unknown", otherTag: "absent", tagKeys: "Team", transitive: "absent",
		}},
		{"no tags", "role", list(know(tagKeys)), map[string]string{oneTag: "absent", tagKeys: "absent", transitive: "absent"}},
		{"one tag absent", "user", list(know(oneTag)), map[string]string{oneTag: "absent", otherTag: usuallyNot, tagKeys: usuallyNot}},
		{"transitive", "user", list(know(oneTag, "b"), know(transitive, "Team")), map[string]string{transitive: "Team", tagKeys: "Team"}},
		{"principal's tag", "role", list(know("aws:PrincipalTag/Team", "red")), map[string]string{"aws:PrincipalTag/team": "red"}},
		{"MFA", "simulate " + asUser, list(know(mfaKey, "true")), map[string]string{mfaKey: "true", ageKey: "present_unknown"}},
		{"MFA and its age", "user", list(know(mfaKey, "true"), know(ageKey, "60")), map[string]string{mfaKey: "true", ageKey: "60"}},
		{"no MFA", "user", list(know(mfaKey, "false")), map[string]string{mfaKey: "false", ageKey: usuallyNot}},
		{"source identity of the session", "role", list(know("aws:SourceIdentity", "bob")), map[string]string{"aws:SourceIdentity": "bob", sourceKey: "bob"}},
		{"source identity of a user", "user", list(know("aws:SourceIdentity", "bob")), map[string]string{sourceKey: usuallyNot}},
	}
	for _, c := range tests {
		t.Run(c.name, func(t *testing.T) { keys(t, ask(t, c.caller, nil, nothing(), c.known...), c.want) })
	}
}

// TestOperatorKey: canonical spelling, multivalued, and said to be from the
// operator.
func TestOperatorKey(t *testing.T) {
	r := ask(t, "user", nil, nothing(), know("AWS:TAGKEYS", "a"))
	k := r.Keys.Get("aws:tagkeys")
	if k.Name != tagKeys || !k.Multi || k.Origin.Kind != evidence.FromOperator {
		t.Errorf("got %+v", *k)
	}
	if k := r.Keys.Get("aws:principalorgpaths"); !k.Multi || k.State != request.KeyUnknown {
		t.Errorf("got %+v", *k)
	}
}
