package trail

import (
	"regexp"
	"strings"
)

// clientText is what a client says around AWS's message.
type clientText struct {
	code    string // of the error: AccessDenied
	service string // that was called, as the client writes it, or empty
	call    string // AssumeRole
	message string // AWS's
	request string // request id
}

// What clients write before AWS's message. The last of each that stands before
// the message counts: an error of another call may hold the one of its
// credentials.
var (
	// AWS CLI and boto3; "(reached max retries: 4)" may stand before the colon.
	botoError = regexp.MustCompile(`An error occurred \(([\w.]+)\) when calling the (\w+) operation(?: \([^)]*\))?: `)
	// SDK for Go, version 2, and what is built on it, as Terraform.
	goCall  = regexp.MustCompile(`operation error ([\w ]+): (\w+), `)
	goError = regexp.MustCompile(`api error ([\w.]+): `)
	// aws-actions/configure-aws-credentials of GitHub.
	action = regexp.MustCompile(`Could not assume role with ([\w ]+): `)
	// SDK for Java (both versions), .NET and Go, version 1, behind the message.
	javaTail = regexp.MustCompile(`\(Service: (\w+)[;,] Status Code: `)
	javaCode = regexp.MustCompile(`Error Code: ([\w.]+)[;,)]`)
	// What any of them calls the id of the request.
	requestID = regexp.MustCompile(`(?i)\brequest ?id: ?([0-9A-Za-z-]{8,64})`)
	// A code in front: "AccessDenied: ", "caused by: InvalidIdentityToken: ".
	codeBefore = regexp.MustCompile(`(?:^|[ "'(\[:])(\w+(?:Denied|Exception|Token|Error|Claim|TokenId|Throttling|Document|TooLarge|DoesNotMatch)\w*|Throttling): $`)
)

// Parts of a denial, as they stand in the text of a client.
const (
	reasonWords = `(?: because no [A-Za-z -]{1,60} allows the \S+ action| with an explicit deny(?: in (?:an? |the )[A-Za-z-]+(?: [A-Za-z-]+){0,3}? (?:policy|boundary)(?: transitively through a service control policy)?)?(?:: (?:arn:|p-)\S+)?)`
	authWords   = `(?:\. Go to https://\S+ for complete details, or call the GetRequestAuthorizationDetails API with the following authorization id: [\w-]+)`
	// A role ends at the first character that no name of a role has: what
	// follows is of whatever the text was taken from.
	roleWords = `arn:[a-z-]+:iam::\d{12}:role/[\w+=,.@/-]*`
)

// deniedWords are AWS's words of a denial, to their end, wherever they stand. A
// full stop or a comma behind a role is the sentence's, unless AWS's reason
// follows it.
var deniedWords = regexp.MustCompile(`User: \S+ is not authorized to perform: [A-Za-z0-9-]+:\S+` +
	`(?: on resource: (?:` + roleWords + reasonWords + authWords + `?` +
	`|` + roleWords + `[\w+=@/-]` + authWords + `?` +
	`|\S+` + reasonWords + `?` + authWords + `?)` +
	`|` + reasonWords + `?` + authWords + `?)`)

// readClient finds AWS's message in the text of a client, one error, on one
// line. It says false when there is none.
func readClient(s string) (clientText, bool) {
	var c clientText
	begin, end, generic := messageIn(s)
	if generic && !strings.Contains(s, "An error occurred (") && !strings.Contains(s, "operation error ") {
		return c, false
	}
	if at := botoError.FindAllStringSubmatchIndex(s[:begin], -1); at != nil {
		m := at[len(at)-1]
		c.code, c.call = s[m[2]:m[3]], s[m[4]:m[5]]
		if generic {
			begin = m[1]
		}
	} else if at := goError.FindAllStringSubmatchIndex(s[:begin], -1); at != nil {
		m := at[len(at)-1]
		c.code = s[m[2]:m[3]]
		if generic {
			begin = m[1]
		}
	}
	before := s[:begin]
	if at := goCall.FindAllStringSubmatch(before, -1); at != nil && c.call == "" {
		c.service, c.call = at[len(at)-1][1], at[len(at)-1][2]
	}
	if m := action.FindStringSubmatch(before); m != nil && c.call == "" {
		c.call = map[string]string{"OIDC": "AssumeRoleWithWebIdentity", "web identity token file": "AssumeRoleWithWebIdentity"}[m[1]]
		if c.call == "" {
			c.call = "AssumeRole"
		}
	}
	if c.code == "" && strings.HasSuffix(before, ": ") {
		if m := codeBefore.FindStringSubmatch(before[max(0, len(before)-maxCode):]); m != nil {
			c.code = m[1]
		}
	}
	if m := javaTail.FindStringSubmatch(s[begin:]); m != nil {
		c.service = m[1]
	}
	if m := javaCode.FindStringSubmatch(s[begin:]); m != nil && c.code == "" {
		c.code = m[1]
	}
	c.request = requestOf(s)
	if generic && (c.code == "" || c.call == "") {
		return clientText{}, false
	}
	c.message = withoutTail(s[begin:end])
	return c, c.message != ""
}

// maxCode is how far before AWS's message a code in front of it may begin, in
// bytes.
const maxCode = 128

// requestOf is the request id in a text, or nothing.
func requestOf(s string) string {
	if !strings.ContainsAny(s, "qQ") { // most have none: to look closely takes long
		return ""
	}
	if m := requestID.FindStringSubmatch(s); m != nil {
		return m[1]
	}
	return ""
}

// messageIn is where AWS's message stands in s. Without any that is known it is
// what a client says behind its own words: generic, to the end of s.
func messageIn(s string) (begin, end int, generic bool) {
	if strings.Contains(s, wordDenied) {
		if m := deniedWords.FindStringIndex(s); m != nil {
			return m[0], m[1], false
		}
	}
	begin = -1
	take := func(i int) {
		if i >= 0 && (begin < 0 || i < begin) && bounded(s[:i]) {
			begin = i
		}
	}
	take(strings.Index(s, "Not authorized to perform sts:"))
	for _, p := range fixed {
		switch {
		case p.begin != "" && p.has == "":
			take(strings.Index(s, p.begin))
		case p.fits(s):
			take(0)
		}
	}
	if begin >= 0 {
		return begin, len(s), false
	}
	return len(s), len(s), true
}

// bounded says that a message may begin behind s: at the start, behind a colon
// or an opening quote or bracket, as clients write it.
func bounded(s string) bool {
	s = strings.TrimRight(s, " ")
	return s == "" || strings.HasSuffix(s, ":") || strings.HasSuffix(s, `"`) || strings.HasSuffix(s, "'") ||
		strings.HasSuffix(s, "`") || strings.HasSuffix(s, ">")
}

// withoutTail takes off what clients write behind AWS's message, and the quotes of a
// log. This is done for the text of a client alone: in a record, such words are
// the caller's.
func withoutTail(s string) string {
	for _, tail := range []string{" (Service: ", "\n", `\n`, "</", "\tstatus code: ", " status code: ", `", "`, `","`, "```"} {
		if i := strings.Index(s, tail); i >= 0 {
			s = s[:i]
		}
	}
	return strings.TrimRight(strings.TrimSpace(s), "\"'`)]}>,")
}

// ours says whether a client's name of a service is that of STS.
func ours(service string) bool {
	switch service {
	case "", "STS", "Sts", "AWSSecurityTokenService", "SecurityToken":
		return true
	}
	return false
}
