package report

import "strings"

// The words around the value of a parameter that AWS did not accept: "Value 'X'
// at 'externalId' failed to satisfy constraint" (AWS General Reference, "Common
// errors").
const (
	valueBegins = "Value '"
	valueEnds   = "' at '"
)

// unshown are the parameters whose value no report holds, and what stands for it.
var unshown = []struct{ name, with string }{
	{"externalId'", hidden},
	{"tokenCode'", "(code)"},
	{"webIdentityToken'", "(token)"},
	{"sAMLAssertion'", "(assertion)"},
}

// withoutRefused takes the value of a secret parameter out of AWS's message that
// refuses it. The value is the caller's and may hold any words, so all from the
// first value of the message on is taken out; of a message whose end was cut, what
// follows its last value's beginning.
func withoutRefused(message string) string {
	begin := indexFold(message, valueBegins)
	if begin < 0 {
		return message
	}
	begin += len(valueBegins)
	for _, p := range unshown {
		for at := begin; ; {
			i := indexFold(message[at:], valueEnds+p.name)
			if i < 0 {
				break
			}
			end := at + i
			message = message[:begin] + p.with + message[end:]
			at = begin + len(p.with) + len(valueEnds)
		}
	}
	last := begin
	for {
		i := indexFold(message[last:], valueBegins)
		if i < 0 {
			break
		}
		last += i + len(valueBegins)
	}
	if !strings.Contains(message[last:], valueEnds) {
		message = message[:last] + "(not shown)"
	}
	return message
}

func indexFold(s, part string) int { return strings.Index(fold(s), fold(part)) }
