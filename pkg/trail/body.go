package trail

import (
	"regexp"
	"strings"
)

// bodies are the members of an error in which AWS, an SDK or a function of AWS
// Lambda hands it on: what holds the message, or nothing, and the message (Smithy
// 2.0, "AWS JSON 1.1 protocol"; Boto3 documentation, "Error handling"; Lambda
// Developer Guide, "Lambda function errors").
var bodies = []struct{ within, message string }{
	{"Error", "Message"}, {"error", "message"}, {"", "errorMessage"}, {"", "message"}, {"", "Message"},
}

// bodyMember says whether bodies have a member of that name.
func bodyMember(key []byte) bool {
	switch string(key) {
	case "Error", "error", "errorMessage", "message", "Message":
		return true
	}
	return false
}

// codeWord is an error code of AWS, behind the name space that some protocols
// write.
var codeWord = regexp.MustCompile(`^(?:[\w.]+#)?([A-Za-z][\w.]{0,127})$`)

// body reads the message in an error that stands there as JSON, as pasted text;
// false where it is none, or holds no message of AWS's.
func (d *reading) body(object value, offset int64) bool {
	for _, b := range bodies {
		from := object
		if b.within != "" {
			from = object.get(b.within)
		}
		message, code := from.get(b.message).text(), ""
		for _, name := range []string{"__type", "code", "Code"} {
			if m := codeWord.FindStringSubmatch(from.get(name).text()); m != nil {
				code = m[1]
			}
		}
		if message != "" && len(message) <= maxText && !strings.HasPrefix(strings.TrimLeft(message, " \t\r\n"), "{") && d.sentences(message, code, offset) {
			return true
		}
	}
	return false
}

// sentences reads each of the errors in a message, of which a code is told
// beside it, or none.
func (d *reading) sentences(message, code string, offset int64) bool {
	seen := map[string]bool{}
	for _, one := range apart(unadorned(strings.ReplaceAll(message, "\n", " "))) {
		r := d.read(one)
		if r == nil || seen[r.ErrorMessage] {
			continue
		}
		seen[r.ErrorMessage] = true
		if code != "" {
			r.ErrorCode = code
			r.Class = r.classify()
		}
		d.emit(offset, r)
	}
	return len(seen) > 0
}
