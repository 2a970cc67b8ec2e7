package locale

import (
	"slices"
	"strings"
)

// wording is how one operator is said: what must hold, that it did not, that it
// did. "%" stands for the values.
type wording struct{ must, failed, held string }

var (
	enEqual    = wording{"must be %", "was not %", "was %"}
	enUnequal  = wording{"must not be %", "was %", "was not %"}
	enMatch    = wording{"must match %", "did not match %", "matched %"}
	enMismatch = wording{"must not match %", "matched %", "did not match %"}
)

// enOperators by lower-case name without set prefix and IfExists (IAM JSON
// policy elements: Condition operators).
var enOperators = map[string]wording{
	"stringequals":              enEqual,
	"stringequalsignorecase":    enEqual,
	"stringnotequals":           enUnequal,
	"stringnotequalsignorecase": enUnequal,
	"stringlike":                enMatch,
	"stringnotlike":             enMismatch,
	"arnequals":                 enMatch,
	"arnlike":                   enMatch,
	"arnnotequals":              enMismatch,
	"arnnotlike":                enMismatch,
	"numericequals":             enEqual,
	"numericnotequals":          enUnequal,
	"numericlessthan":           {"must be less than %", "was % or more", "was less than %"},
	"numericlessthanequals":     {"must be % or less", "was more than %", "was % or less"},
	"numericgreaterthan":        {"must be more than %", "was % or less", "was more than %"},
	"numericgreaterthanequals":  {"must be % or more", "was less than %", "was % or more"},
	"dateequals":                enEqual,
	"datenotequals":             enUnequal,
	"datelessthan":              {"must be before %", "was not before %", "was before %"},
	"datelessthanequals":        {"must not be after %", "was after %", "was not after %"},
	"dategreaterthan":           {"must be after %", "was not after %", "was after %"},
	"dategreaterthanequals":     {"must not be before %", "was before %", "was not before %"},
	"bool":                      enEqual,
	"binaryequals":              enEqual,
	"ipaddress":                 {"must be in %", "was not in %", "was in %"},
	"notipaddress":              {"must not be in %", "was in %", "was not in %"},
}

var (
	enNull    = wording{"must not be set", "was set", "was not set"}
	enNotNull = wording{"must be set", "was not set", "was set"}
)

// operator splits an operator into its wording, what goes before the key
// ("every value of"), and whether IfExists lets a missing key pass.
func (w en) operator(c Condition) (say wording, before string, ifExists bool) {
	op := strings.ToLower(c.Operator)
	if rest, ok := strings.CutPrefix(op, "forallvalues:"); ok {
		op, before = rest, "every value of "
	} else if rest, ok := strings.CutPrefix(op, "foranyvalue:"); ok {
		op, before = rest, "some value of "
	}
	if op == "null" {
		if len(c.Wanted) > 0 && strings.EqualFold(c.Wanted[0], "true") {
			return enNull, before, false
		}
		return enNotNull, before, false
	}
	op, ifExists = strings.CutSuffix(op, "ifexists")
	say, ok := enOperators[op]
	switch {
	case say == enMatch && len(c.Wanted) == 1 && c.Wanted[0] == "*":
		return enNotNull, before, ifExists // any value will do
	case say == enMatch && asTheyStand(c.Wanted):
		say = enEqual
	case say == enMismatch && asTheyStand(c.Wanted):
		say = enUnequal
	}
	if !ok {
		o := w.cut(c.Operator)
		say = wording{"must meet " + o + " %", "did not meet " + o + " %", "met " + o + " %"}
	}
	return say, before, ifExists
}

// asTheyStand says that none of the values has a wildcard: what has to match them
// has to be one of them.
func asTheyStand(values []string) bool {
	return len(values) > 0 && !slices.ContainsFunc(values, func(v string) bool { return strings.ContainsAny(v, "*?") })
}

func (w en) fill(pattern string, c Condition) string {
	head, tail, found := strings.Cut(pattern, "%")
	if !found {
		return pattern
	}
	return head + w.list(w.people(c, c.Wanted), "or") + tail
}

// must is "aws:SourceIp must be in 192.0.2.0/24".
func (w en) must(c Condition) string {
	if c.Key == "" {
		return "its conditions must be met"
	}
	say, before, ifExists := w.operator(c)
	s := before + w.cut(c.Key) + " " + w.fill(say.must, c)
	if ifExists {
		s += " where it is set"
	}
	return s
}

// failed is "aws:SourceIp was not in 192.0.2.0/24", for after an "if".
func (w en) failed(c Condition) string {
	if c.Key == "" {
		return "the call does not meet its conditions"
	}
	say, before, _ := w.operator(c)
	if before == "every value of " {
		before = "some value of " // one that fails is enough
	} else if before != "" {
		before = "every value of "
	}
	return before + w.cut(c.Key) + " " + w.tense(c, w.fill(say.failed, c))
}

// held is "aws:SourceIp was in 192.0.2.0/24": the condition of a Deny.
func (w en) held(c Condition) string {
	if c.Key == "" {
		return "its conditions hold"
	}
	say, before, _ := w.operator(c)
	if before == "every value of " && (say == enUnequal || say == enMismatch) {
		return "no value of " + w.cut(c.Key) + " " + w.tense(c, w.fill(say.failed, c))
	}
	return before + w.cut(c.Key) + " " + w.tense(c, w.fill(say.held, c))
}

// bearer is whose key it is: the caller's, the role's, or the call's own.
func (en) bearer(c Condition) (who, has string) {
	key := strings.ToLower(c.Key)
	switch {
	case strings.HasPrefix(key, "aws:principal"), key == "aws:userid", key == "aws:username":
		return "the caller", "has"
	case strings.HasPrefix(key, "aws:resource"), strings.HasPrefix(key, "iam:resourcetag/"):
		return "the role", "has"
	case c.simulated:
		return "the call", "would have"
	}
	return "the call", "had"
}

// got is what the call had: "the call had 203.0.113.7".
func (w en) got(c Condition) string {
	who, has := w.bearer(c)
	switch c.State {
	case "present":
		if len(c.Got) > 0 {
			return who + " " + w.hasGot(c, has)
		}
		return who + " " + has + " it without a value"
	case "present_unknown":
		return who + " " + has + " a value that is not known"
	case "absent":
		return who + " " + has + " none"
	}
	return "what " + who + " " + has + " is not known"
}

// hasGot is "has platform", or, of a key that says where somebody is, "is in OU
// Workloads (ou-...)".
func (w en) hasGot(c Condition, has string) string {
	values := w.people(c, c.Got)
	switch strings.ToLower(c.Key) {
	case "aws:principalaccount", "aws:resourceaccount":
		for i, v := range values {
			if v == c.Got[i] {
				values[i] = w.account(Account{ID: v})
			}
		}
		has = "is in"
	case "aws:username":
		has = "is"
	case "aws:principalorgid", "aws:resourceorgid":
		has = "is in organization"
	default:
		if w.allUnits(c, c.Got) {
			has = "is in"
		}
	}
	return has + " " + w.list(values, "and")
}

// named says that the policy's own values are what the call had, so that who
// reads the one has read the other.
func (c Condition) named() bool {
	return c.State == "present" && len(c.Wanted) == 1 && slices.Equal(c.Got, c.Wanted)
}

// known says whether the request's side of the condition is known.
func (c Condition) known() bool { return c.State == "present" || c.State == "absent" }

// enPresent turns the words of a call that was made into those of one that was
// not.
var enPresent = strings.NewReplacer("was ", "is ", "did not meet ", "does not meet ", "did not match ", "does not match ", "matched ", "matches ", "met ", "meets ")

// tense tells of a call that nobody has made in the present. Only the words in
// front of the values change.
func (w en) tense(c Condition, s string) string {
	if !c.simulated {
		return s
	}
	values := w.list(w.people(c, c.Wanted), "or")
	if head, tail, found := strings.Cut(s, values); found {
		return enPresent.Replace(head) + values + tail
	}
	return enPresent.Replace(s)
}

// people puts the names of accounts and of organizational units in the place
// of their ids, where they are known.
func (w en) people(c Condition, values []string) []string {
	out := make([]string, 0, len(values))
	for _, v := range values {
		said := moment(c.Key, enSeconds(v))
		if name := c.names[v]; name != "" {
			said = w.account(Account{ID: v, Name: name})
		}
		if unit := w.unit(c, v); unit != "" {
			said = unit
		}
		if !slices.Contains(out, said) { // a unit, and all below it
			out = append(out, said)
		}
	}
	return out
}

// enSeconds takes the thousandths from a time that has none.
func enSeconds(s string) string {
	if strings.HasSuffix(s, ".000Z") && strings.Contains(s, "T") {
		return strings.TrimSuffix(s, ".000Z") + "Z"
	}
	return s
}

// allUnits says that the values are paths of units with a name.
func (w en) allUnits(c Condition, values []string) bool {
	return !slices.ContainsFunc(values, func(v string) bool { return w.unit(c, v) == "" })
}

// unit is "OU Workloads (ou-...)" for a path of an organization that ends in it.
func (w en) unit(c Condition, path string) string {
	steps := strings.Split(strings.TrimRight(path, "*/"), "/")
	id := steps[len(steps)-1]
	if len(steps) == 2 && strings.HasPrefix(steps[0], "o-") && strings.HasPrefix(id, "r-") && !strings.HasSuffix(path, "*") {
		return "the root of organization " + w.cut(steps[0])
	}
	if name := c.Units[id]; name != "" && len(steps) > 1 {
		return "OU " + w.cut(name) + " (" + w.cut(id) + ")"
	}
	return ""
}
