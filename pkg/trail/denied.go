package trail

import "strings"

// The fixed words of "User: U is not authorized to perform: A on resource: R"
// and what may stand behind it (IAM User Guide, "Troubleshoot access denied
// error messages").
const (
	wordUser     = "User: "
	wordDenied   = " is not authorized to perform: "
	wordResource = " on resource: "
	wordImplicit = " because no "
	wordExplicit = " with an explicit deny"
	wordVia      = " transitively through a "
	wordARN      = ": arn:"
	wordEncoded  = "Encoded authorization failure message: "
	wordAuthID   = " for complete details, or call the GetRequestAuthorizationDetails API with the following authorization id: "
	wordConsole  = ". Go to https://"
)

// maxReasons is how many times the words of a reason are looked at, from the
// end: AWS writes one, and a caller could write thousands.
const maxReasons = 8

// policyTypes are the types as AWS writes them.
var policyTypes = []string{
	"identity-based policy", "resource-based policy", "VPC endpoint policy", "permissions boundary",
	"service control policy", "resource control policy", "session policy", "sessions policy", "role trust policy",
}

// parseDenied reads a message that has the form, wherever in s it begins; cut
// says that the message may have lost its end.
func parseDenied(s string, cut bool) (Hint, bool) {
	h := Hint{Form: FormDenied}
	rest, ok := h.caller(s)
	if !ok {
		return Hint{}, false
	}
	rest, ok = h.action(rest)
	if !ok {
		return Hint{}, false
	}
	rest = h.details(rest)
	tail := ""
	if cut = cut && h.AuthID == ""; cut {
		rest, tail = uncut(rest)
	}
	resource, named := strings.CutPrefix(rest, wordResource)
	if !named {
		h.reason(rest)
		return h, true
	}
	h.Resource = resource
	if i := h.reason(resource); i >= 0 {
		h.Resource = resource[:i]
	} else {
		h.Cut = cut && tail == "" // else the cut is behind the resource
	}
	if cut && !strings.HasPrefix(tail, ".") {
		h.PolicyARN = "" // may have lost its end
	}
	if !h.Cut && isRoleARN(h.Resource) {
		h.RoleARN = h.Resource
	}
	return h, true
}

// caller finds "User: U is not authorized to perform: " and gives what follows.
// U has no white space.
func (h *Hint) caller(s string) (rest string, ok bool) {
	for {
		_, after, found := strings.Cut(s, wordUser)
		if !found {
			return "", false
		}
		end := strings.IndexAny(after, " \t\r\n")
		if end > 0 && strings.HasPrefix(after[end:], wordDenied) {
			h.Principal = after[:end]
			return after[end+len(wordDenied):], true
		}
		s = after
	}
}

// action takes the action, and gives what follows without what other services
// encode behind it: in a denial of STS such words are the caller's.
func (h *Hint) action(s string) (rest string, ok bool) {
	n := strings.IndexAny(s, " \t\r\n")
	if n < 0 {
		n = len(s)
	}
	h.Action, rest = strings.TrimRight(s[:n], ".,"), s[n:]
	service, name, ok := strings.Cut(h.Action, ":")
	if i := strings.Index(rest, wordEncoded); i >= 0 && service != "sts" {
		rest = strings.TrimRight(rest[:i], ". ")
	}
	return rest, ok && service != "" && name != ""
}

// details takes the pointer to the access troubleshooter off the end, when it is
// there in AWS's own words (IAM User Guide, "Access troubleshooter").
func (h *Hint) details(s string) string {
	i := strings.LastIndex(s, wordAuthID)
	if i < 0 {
		return s
	}
	id := strings.TrimSuffix(s[i+len(wordAuthID):], ".")
	j := strings.LastIndex(s[:i], wordConsole)
	if id == "" || strings.Trim(id, "-_0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ") != "" ||
		j < 0 || strings.ContainsAny(s[j+len(wordConsole):i], " \t\r\n") {
		return s
	}
	h.AuthID = id
	return s[:j]
}

// reason reads the reason at the end of s and says where it begins, or -1. It is
// the last one that AWS wrote: one that stands before another, or before other
// text, came from the caller.
func (h *Hint) reason(s string) int {
	end := len(s)
	for range maxReasons {
		i := max(strings.LastIndex(s[:end], wordImplicit), strings.LastIndex(s[:end], wordExplicit))
		if i < 0 {
			break
		}
		if h.implicit(s[i:]) || h.explicit(s[i:]) {
			return i
		}
		end = i
	}
	return -1
}

// implicit reads " because no T allows the A action".
func (h *Hint) implicit(s string) bool {
	s, ok := strings.CutPrefix(s, wordImplicit)
	kind, rest, ok2 := strings.Cut(s, " allows the ")
	action, tail, ok3 := strings.Cut(rest, " action")
	if !ok || !ok2 || !ok3 || !oneLine(kind) || strings.ContainsAny(action, " \t\r\n") || strings.Trim(tail, ". ") != "" {
		return false
	}
	h.PolicyType = policyType(kind)
	return true
}

// explicit reads " with an explicit deny in a T transitively through a V: ARN",
// each part but the first optional.
func (h *Hint) explicit(s string) bool {
	s, ok := strings.CutPrefix(s, wordExplicit)
	if !ok {
		return false
	}
	s = strings.TrimRight(s, ". ")
	head, arn, named := strings.Cut(s, ": ")
	if named && (!strings.HasPrefix(arn, "arn:") && !strings.HasPrefix(arn, "p-") || strings.ContainsAny(arn, " \t\r\n")) {
		return false
	}
	if head == "" {
		h.Explicit, h.PolicyARN = true, arn
		return true
	}
	kind, via, _ := strings.Cut(head, wordVia)
	for _, article := range []string{" in a ", " in an ", " in the "} {
		if t, ok := strings.CutPrefix(kind, article); ok && oneLine(t) && (via == "" || oneLine(via)) {
			h.Explicit, h.PolicyType, h.Via, h.PolicyARN = true, policyType(t), policyType(via), arn
			return true
		}
	}
	return false
}

// policyType is s if AWS names a policy so ("sessions policy" is an old
// spelling); an unknown type is "".
func policyType(s string) string {
	for _, t := range policyTypes {
		if s == t {
			return strings.Replace(t, "sessions", "session", 1)
		}
	}
	return ""
}

// oneLine says whether s looks like the type of a policy: up to five words of
// letters and hyphens.
func oneLine(s string) bool {
	words := 1
	for _, c := range []byte(s) {
		if c == ' ' {
			words++
		} else if c != '-' && (c < 'a' || c > 'z') && (c < 'A' || c > 'Z') {
			return false
		}
	}
	return s != "" && words <= 5
}
