package locale

import (
	"slices"
	"strings"
	"testing"
)

// TestFromAWS: where the policies were read from AWS, nobody is sent to files or
// flags that are not there.
func TestFromAWS(t *testing.T) {
	call := bobs
	call.FromAWS = true
	permissions := []string{"", "sts:AssumeRole", "iam:GetRole", "organizations:DescribeOrganization"}
	keys := []string{"", "sts:ExternalId", "aws:MultiFactorAuthPresent", "aws:SourceIp", "aws:RequestTag/team", "sts:TagSession", "sts:SetSourceIdentity"}
	var said []string
	for code := range enGaps {
		for _, permission := range permissions {
			for _, key := range keys {
				for _, layer := range []string{"", "trust", "scp"} {
					for _, of := range []Account{{}, prod} {
						g := &Gap{Call: call, Code: code, Layer: layer, Of: of, Subject: of.ID, Key: key, Permission: permission}
						_, settle := english.Gap(g)
						g.Present = true
						_, present := english.Gap(g)
						said = append(said, settle, present)
					}
				}
			}
		}
	}
	for _, kind := range []string{"trust", "identity", "scp", "rcp"} {
		said = append(said, next(causeOf("evidence.unreadable", func(c *Cause) {
			c.Call, c.Policy, c.Statement, c.Detail = call, Policy{}, Statement{}, Detail{Kind: kind}
		})))
	}
	slices.Sort(said)
	for _, s := range slices.Compact(said) {
		for _, never := range []string{"estate directory", "--estate", "--know", "--context", ".json", "--reader-role"} {
			if strings.Contains(s, never) {
				t.Errorf("%q says %q", s, never)
			}
		}
		if s == "" || strings.Contains(s, "  ") || strings.Contains(s, " .") {
			t.Errorf("%q", s)
		}
	}
}

// TestSettledInAWS: what settles it there, word by word.
func TestSettledInAWS(t *testing.T) {
	call := bobs
	call.FromAWS = true
	for _, c := range []struct {
		gap  Gap
		want string
	}{
		{Gap{Code: "account", Of: prod, Permission: "sts:AssumeRole"}, "Let assumewhy read prod (320000000031): create the reader role there (deploy/member.yaml)."},
		{Gap{Code: "role", Of: prod, Permission: "iam:GetRole"}, "Grant assumewhy iam:GetRole in prod (320000000031) (deploy/member.yaml); if it has that, try again."},
		{Gap{Code: "scp", Layer: "scp", Permission: "organizations:DescribeOrganization"}, "Grant assumewhy organizations:DescribeOrganization, or give it the organization role (deploy/organization.yaml); if it has that, try again."},
		{Gap{Code: "scp", Layer: "scp", Of: prod, Subject: prod.ID}, "Give assumewhy the organization role (deploy/organization.yaml) of the organization that it is in, if any; or its owner can look."},
		{Gap{Code: "key", Key: "sts:ExternalId"}, "Ask bob whether the call sent an ExternalId, and the one that the role's owner gave."},
		{Gap{Code: "key", Key: "aws:SourceIp"}, "Ask bob what the call had for aws:SourceIp."},
		{Gap{Code: "companion", Key: "sts:TagSession"}, "Ask bob whether the call passed session tags, and which."},
	} {
		c.gap.Call = call
		if _, got := english.Gap(&c.gap); got != c.want {
			t.Errorf("%s:\n got %s\nwant %s", c.gap.Code, got, c.want)
		}
	}
}
