package trail

import "strings"

// masked says that a value is not what was sent, but what a tool put in its
// place so that nobody reads it: CloudTrail's own words, runs of stars, dots or
// the like, or one of the words that such tools write. None of these can be
// mistaken for an ExternalId or a session's name, which hold none of
// "*•…[](){}<>#" (AWS STS API Reference, "AssumeRole"), but for what stands
// alone: two words, three dots and four or more X.
func masked(s string) bool {
	const frame = "*•…[](){}<>#-_ "
	if strings.Contains(s, "***") || strings.Contains(s, "•••") {
		return true
	}
	word := strings.ToLower(strings.Trim(s, frame))
	word, _, _ = strings.Cut(word, ":") // <redacted:externalId>
	switch word {
	case "redacted", "hidden_due_to_security_reasons":
		return true
	case "hidden", "masked", "removed", "omitted", "filtered", "sensitive", "secret", "obfuscated", "suppressed", "hidden due to security reasons", "":
		return strings.ContainsAny(s, "*•…[](){}<>#")
	}
	return len(s) >= 3 && strings.Trim(s, ".") == "" || len(s) >= 4 && strings.Trim(s, "Xx") == ""
}
