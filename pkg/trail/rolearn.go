package trail

import "strings"

// Limits of IAM on role names and paths, in characters (IAM User Guide, "IAM and
// AWS STS quotas").
const (
	maxName = 64
	maxPath = 512
)

// isRoleARN says whether s is the ARN of a role in every part: a partition that
// there is, an account of 12 digits, a path of visible ASCII, a name that IAM
// allows. Anything that the caller could have smuggled into AWS's message by way
// of the role ARN it asked for (white space, a line's end, another script) makes
// it false.
func isRoleARN(s string) bool {
	p := strings.SplitN(s, ":", 6)
	if len(p) != 6 || p[0] != "arn" || !isPartition(p[1]) || p[2] != "iam" || p[3] != "" {
		return false
	}
	resource, ok := strings.CutPrefix(p[5], "role/")
	if !ok || len(p[4]) != 12 || strings.Trim(p[4], "0123456789") != "" {
		return false
	}
	slash := strings.LastIndexByte(resource, '/') + 1
	path, name := resource[:slash], resource[slash:]
	if name == "" || len(name) > maxName || len("/"+path) > maxPath || path == "/" {
		return false
	}
	for _, c := range []byte(path) {
		if c < '!' || c > '~' {
			return false
		}
	}
	for _, c := range []byte(name) {
		if !isNameByte(c) {
			return false
		}
	}
	return true
}

// isPartition knows aws, aws-cn, aws-us-gov, aws-eusc and aws-iso with what
// follows it.
func isPartition(s string) bool {
	switch s {
	case "aws", "aws-cn", "aws-us-gov", "aws-eusc":
		return true
	}
	iso, ok := strings.CutPrefix(s, "aws-iso")
	for _, c := range []byte(iso) {
		ok = ok && (c == '-' || c >= 'a' && c <= 'z')
	}
	return ok
}

// isNameByte is [\w+=,.@-], of ASCII.
func isNameByte(c byte) bool {
	return c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || strings.IndexByte("_+=,.@-", c) >= 0
}
