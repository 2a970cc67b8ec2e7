package diagnose

import (
	"testing"
)

// TestLikeResource: the one difference between a resource and the role, and
// which of two is the nearer.
func TestLikeResource(t *testing.T) {
	const role = "arn:aws:iam::444455556666:role/team/Deployer"
	for _, c := range []struct {
		resource, kind string
		nearer         string // a resource that is nearer than this one
	}{
		{"arn:aws:iam::444455556666:role/team/deployer", "case", ""},
		{"arn:aws:iam::444455556666:role/Deployer", "path", "arn:aws:iam::444455556666:role/team/deployer"},
		{"arn:aws:iam::444455556667:role/team/Deployer", "account", "arn:aws:iam::444455556666:role/Deployer"},
		{"arn:aws:iam::777788889999:role/team/Deployer", "account", "arn:aws:iam::444455556667:role/team/Deployer"},
		{"arn:aws:iam::444455556666:role/team/Observer", "name", "arn:aws:iam::777788889999:role/team/Deployer"},
		{"arn:aws:iam::444455556666:role/ops/*", "path", "arn:aws:iam::444455556666:role/Deployer"},
		{"arn:aws:iam::444455556666:role/team/ci-*", "pattern", "arn:aws:iam::444455556666:role/Deployer"},
		{"arn:aws:sts::444455556666:assumed-role/Deployer/*", "pattern", "arn:aws:iam::444455556666:role/team/deployer"},
		{"arn:aws:iam::444455556666:user/Deployer", "pattern", "arn:aws:iam::444455556666:role/team/Observer"},
		{"arn:aws:s3:::deployer", "pattern", "arn:aws:iam::444455556666:user/Deployer"},
		{"nonsense", "pattern", "arn:aws:iam::444455556666:user/Deployer"},
	} {
		kind, n := likeResource(c.resource, role)
		if kind != c.kind {
			t.Errorf("%s: %q, want %q", c.resource, kind, c.kind)
		}
		if c.nearer == "" {
			continue
		}
		if _, m := likeResource(c.nearer, role); m <= n {
			t.Errorf("%s (%d) is not nearer than %s (%d)", c.nearer, m, c.resource, n)
		}
	}
}

// TestUniqueID: a bare id is told from an account and an ARN.
func TestUniqueID(t *testing.T) {
	for s, want := range map[string]bool{
		"AIDAJQABLZS4A3QDU576Q": true, "AROAJQABLZS4A3QDU576Q": true,
		"AROAJQABLZS4A3QDU576Q:job-1": false, "123456789012": false, "*": false, "": false,
		"arn:aws:iam::123456789012:user/AIDAJQABLZS4A3QDU576Q": false,
	} {
		if got := uniqueID(s); got != want {
			t.Errorf("uniqueID(%q) = %t", s, got)
		}
	}
}
