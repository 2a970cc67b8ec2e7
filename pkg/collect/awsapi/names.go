package awsapi

import (
	"strings"

	"github.com/assumewhy/assumewhy/pkg/arn"
)

// What follows holds text to what AWS allows in names (IAM User Guide, "IAM and
// AWS STS quotas", name requirements). By hand: to compile patterns of such
// lengths takes a millisecond at every start of the program.

const (
	digits  = "0123456789"
	lower   = "abcdefghijklmnopqrstuvwxyz"
	letters = lower + "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
	ofName  = letters + digits + "_+=,.@-"
)

// How long a name of IAM, a provider and an endpoint id may be.
const (
	longestName     = 64
	longestProvider = 255
	longestEndpoint = 40
)

func only(s, set string) bool { return s != "" && strings.Trim(s, set) == "" }

func isAccount(s string) bool { return len(s) == 12 && only(s, digits) }

func isName(s string) bool {
	return s != "" && len(s) <= longestName && strings.IndexFunc(s, func(c rune) bool { return !strings.ContainsRune(ofName, c) }) < 0
}

// isRoleName says whether a text is a role's name, with or without its path.
func isRoleName(s string) bool {
	parts := strings.Split(strings.TrimPrefix(s, "/"), "/")
	for _, p := range parts {
		if !isName(p) {
			return false
		}
	}
	return true
}

// isRegion says whether a text has the form of a region's name, "eu-west-1".
func isRegion(s string) bool {
	parts := strings.Split(s, "-")
	n := len(parts)
	if n < 3 || n > 5 || len(s) > 32 || !only(parts[n-1], digits) {
		return false
	}
	for _, p := range parts[:n-1] {
		if !only(p, lower) {
			return false
		}
	}
	return true
}

func isEndpoint(s string) bool {
	id, ok := strings.CutPrefix(s, "vpce-")
	return ok && len(s) <= longestEndpoint && only(id, digits+"abcdef")
}

// isProviderOf says whether a text is the ARN of an OIDC provider of an account.
func isProviderOf(s, account string) bool {
	a, ok := arn.Parse(s)
	name, isOIDC := strings.CutPrefix(a.Resource, "oidc-provider/")
	return ok && isOIDC && a.Service == "iam" && a.Account == account && isAccount(account) &&
		name != "" && len(name) <= longestProvider && strings.IndexFunc(name, func(c rune) bool { return c < '!' || c > '~' }) < 0
}
