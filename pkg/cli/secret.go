package cli

import (
	"regexp"
	"strings"

	"github.com/assumewhy/assumewhy/pkg/report"
	"github.com/assumewhy/assumewhy/pkg/request"
)

// What in a line may be a secret, however it came there: the value of an
// ExternalId, an access key (IAM User Guide, "IAM identifiers", unique id
// prefixes), the address of a Slack webhook.
var (
	externalID = regexp.MustCompile(`(?is)(external[-_ ]?id["']?)\s*[=:].*`)
	assigned   = regexp.MustCompile(`(?is)(external[-_ ]?id["']?)\s*=.*`)
	accessKey  = regexp.MustCompile(`(AKIA|ASIA)[A-Z0-9]{16}[A-Z0-9]*`)
	passed     = regexp.MustCompile(`(?i)(--external-id|--token-code)[= ]+\S+`)
	secretKey  = regexp.MustCompile(`(?is)(secret_?access_?key|session_?token)["']?\s*[=:].*`)
	webhook    = regexp.MustCompile(`(?i)(https?:)?/*hooks\.slack(-gov)?\.com\S*`)
)

// withoutSecrets is s without what may be a secret. Of an ExternalId nothing
// behind the "=" is left, up to the end of s: a value may hold blanks. Of a key
// or a webhook all is taken that hangs on it, and what reports do not hold either.
func withoutSecrets(s string) string {
	return withoutKeys(externalID.ReplaceAllString(s, "$1"))
}

// clean is withoutSecrets for a whole line, in which a colon behind the word is
// one of its sentence.
func clean(line string) string {
	return withoutKeys(assigned.ReplaceAllString(line, "$1"))
}

func withoutKeys(s string) string {
	s = secretKey.ReplaceAllString(passed.ReplaceAllString(s, "$1"), "$1")
	s = accessKey.ReplaceAllString(s, "(access key)")
	return report.WithoutKeys(webhook.ReplaceAllString(s, "(webhook)"))
}

// misplaced says that an argument is a fact, or its key alone, where the name
// of a file belongs: then it, or what stands behind it, may be a secret. A key
// that is misspelled is one all the same.
func misplaced(arg string) bool {
	key, _, isFact := strings.Cut(arg, "=")
	key = strings.TrimSpace(key)
	if _, known := request.Lookup(key); known || fullKey(key) != "" {
		return true
	}
	prefix, _, colon := strings.Cut(key, ":")
	return isFact && colon && !strings.ContainsAny(prefix, `/\`) || externalID.MatchString(arg)
}
