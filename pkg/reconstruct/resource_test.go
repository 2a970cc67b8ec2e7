package reconstruct_test

import (
	"strings"
	"testing"

	"github.com/assumewhy/assumewhy/pkg/estate"
)

// TestOrganizationKeys: of an account known to be outside our organization only
// our own id is ruled out, since it may be in another one.
func TestOrganizationKeys(t *testing.T) {
	const path = "o-abcdefghij/r-abcd/ou-1/"
	noID := strings.Replace(tree(ours, theirs), "o-abcdefghij", "", 1)
	policyGap := `{"schema":"assumewhy.estate/v1","organization":"known","gaps":[{"part":"organization","subject":"p-1","why":"denied"}]}`
	unitGap := `{"schema":"assumewhy.estate/v1","organization":"known","gaps":[{"part":"organization","subject":"ou-1","why":"denied"}]}`
	torn := strings.Replace(tree(ours), `"Nodes":[`, `"Nodes":[7,`, 1)
	tests := []struct {
		name     string
		estate   *estate.Estate
		caller   string
		id, path string // of the principal
		resID    string // of the role
		resPath  string
	}{
		{"both in it", world(tree(ours, theirs), ""), "user", "o-abcdefghij", path, "o-abcdefghij", path},
		{"role outside", world(tree(ours), ""), "user", "o-abcdefghij", path, "unknown, never o-abcdefghij", "unknown, never o-abcdefghij/*"},
		{"caller outside", world(tree(theirs), ""), "role", "unknown, never o-abcdefghij", "unknown, never o-abcdefghij/*", "o-abcdefghij", path},
		{"management account, not among the nodes", world(strings.Replace(tree(theirs), "999999999999", ours, 1), ""), "user", "o-abcdefghij", "present_unknown", "o-abcdefghij", path},
		{"without its id", world(noID, ""), "user", "present_unknown", "present_unknown", "present_unknown", "present_unknown"},
		{"without its id, caller outside", world(strings.Replace(tree(theirs), "o-abcdefghij", "", 1), ""), "user", "unknown", "unknown", "present_unknown", "present_unknown"},
		{"tree torn", world(torn, ""), "user", "o-abcdefghij", "present_unknown", "unknown", "unknown"},
		{"unit not read", world(tree(ours), unitGap), "user", "o-abcdefghij", path, "unknown", "unknown"},
		{"policy not read", world(tree(ours), policyGap), "user", "o-abcdefghij", path, "unknown, never o-abcdefghij", "unknown, never o-abcdefghij/*"},
		{"not known", world("", ""), "user", "unknown", "unknown", "unknown", "unknown"},
		{"none", world("none", ""), "user", "absent", "absent", "absent", "absent"},
		{"none, of the caller's account alone", world("", `{"schema":"assumewhy.estate/v1","organization":"none","gaps":[{"account":"`+theirs+`","part":"organization","why":"not_read"}]}`), "user", "absent", "absent", "unknown", "unknown"},
		{"none, accounts without a folder", estate.New(estate.Parts{Manifest: estate.File{Name: "estate.json", Found: true, Data: []byte(`{"schema":"assumewhy.estate/v1","organization":"none"}`)}}), "user", "unknown", "unknown", "unknown", "unknown"},
		{"service", world(tree(ours, theirs), ""), "service", "absent", "absent", "o-abcdefghij", path},
		{"token", world(tree(ours, theirs), ""), "oidc", "absent", "absent", "o-abcdefghij", path},
		{"assertion", world(tree(ours, theirs), ""), "saml", "absent", "absent", "o-abcdefghij", path},
		{"account's copy", world(tree(ours, theirs), ""), "account", "o-abcdefghij", path, "o-abcdefghij", path},
	}
	for _, c := range tests {
		t.Run(c.name, func(t *testing.T) {
			keys(t, ask(t, c.caller, nil, c.estate), map[string]string{
				"aws:PrincipalOrgID": c.id, "aws:PrincipalOrgPaths": c.path, "aws:ResourceOrgID": c.resID, "aws:ResourceOrgPaths": c.resPath,
			})
		})
	}
}

func TestResourceKeys(t *testing.T) {
	denied := func(resource string) map[string]string {
		return map[string]string{"errorMessage": `"User: x is not authorized to perform: sts:AssumeRole on resource: ` + resource + `"`}
	}
	tests := map[string]struct {
		edits           map[string]string
		account, tag, r string
		from            string
	}{
		"role":                 {nil, theirs, "red", "absent", "event:errorMessage"},
		"parameters":           {map[string]string{"requestParameters": `{"roleArn":"` + roleARN + `"}`}, theirs, "red", "absent", "event:requestParameters.roleArn"},
		"role elsewhere":       {denied("arn:aws:iam::777777777777:role/team/Target"), "777777777777", "unknown", "unknown", "event:errorMessage"},
		"role does not exist":  {denied("arn:aws:iam::" + theirs + ":role/Gone"), theirs, "unknown", "unknown", "event:errorMessage"},
		"role of another path": {denied("arn:aws:iam::" + theirs + ":role/Target"), theirs, "unknown", "unknown", "event:errorMessage"},
		"user":                 {denied("arn:aws:iam::" + theirs + ":user/alice"), theirs, "unknown", "unknown", "event:errorMessage"},
		"no resource":          {map[string]string{"errorMessage": `"An unknown error occurred"`}, "present_unknown", "unknown", "unknown", "event:errorMessage"},
		"sign-in":              {signIn, theirs, "red", "absent", "event:additionalEventData.SwitchTo"},
		"resources": {map[string]string{
			"errorMessage": `"An unknown error occurred"`, "resources": `[{"type":"AWS::IAM::Role","ARN":"` + roleARN + `"}]`,
		}, theirs, "red", "absent", "event:resources"},
	}
	for name, c := range tests {
		t.Run(name, func(t *testing.T) {
			r := ask(t, "user", c.edits, whole(t))
			keys(t, r, map[string]string{
				"aws:ResourceAccount": c.account, "aws:ResourceTag/team": c.tag, "iam:ResourceTag/TEAM": c.tag, "aws:ResourceTag/x": c.r, "iam:ResourceTag/x": c.r,
			})
			if got := r.Keys.Get("aws:resourceaccount").Origin.String(); got != c.from {
				t.Errorf("aws:ResourceAccount is from %s, want %s", got, c.from)
			}
		})
	}
	keys(t, ask(t, "user", nil, nothing()), map[string]string{"aws:ResourceAccount": theirs, "aws:ResourceTag/team": "unknown"})
}
