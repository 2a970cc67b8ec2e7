package render

import "strings"

// words are the labels of one language: never whole sentences, which the report
// brings along. A %s takes a name.
type words struct {
	verdicts  map[string]string
	allowed   string // the verdict of a simulation that is allowed
	certainty map[string]string
	layers    map[string]string
	kinds     map[string]string // of policies, each with a name
	managed   map[string]string
	users     map[string]string // kinds of caller, each with a name
	callers   map[string]string // kinds of caller without a name
	things    map[string]string // resources a policy hangs on, each with a name
	owners    map[string]string
	agrees    map[string]string
	barred    map[string]string // what refuses before any policy does, by code
	exempt    map[string]string
	decisions map[string]string
	passed    map[string]string // what of a call makes it need an action
	remarks   map[string]string // of a condition, by note
	origins   map[string]string // of a fact, by kind, each with where in it
	truth     map[string]string
	keys      map[string]string // condition keys that people have a word for
	orders    map[string]string // what a date or number must be, each with a value

	role, roleIn, roleUnknown, callerUnknown, root  string
	session, missing, perhaps, account, closed      string
	relayed                                         string // who calls is a service, for the caller
	owner, ownerNamed                               string
	allows, denies, unknown, none, dash             string
	levels, otherLevels, oneOther                   string
	policy, statement, attached, nearest, condition string
	trustNone, levelNone, allowNone, allowNoneOf    string
	notNeeded, depends, unread, notGiven, dependsOn string
	needsRole, needsCaller, undecided, otherRoles   string
	after, before, unchanged, noTime, unexplained   string
	units                                           [4]string // of a time that passes
	columns                                         [4]string // of the chain as a table
	noAction                                        string
	asWell, notInEvent                              string
	notAsked, wouldAllow, wouldDeny                 string
	unseen, gone, later                             string
	otherCallers, seconds                           string
	levelName, trusts, would, other                 string
	named, notes, again, itself, state              string
	atMost, asked                                   string
	of, how, test, organization, issuer             string
	permits, needs, not, or, and, present           string
	wanted, got, near, seen, more                   string
	absent, unrecorded, unknownValue, noneWould     string
	proved, claimed                                 string
	nothing, oneGap, manyGaps, besides              string
	cause, fix, says, gaps, whole, first            string
	incident, read, given, neverRead                string
	between, onlyIf, notPart, noSay                 string
	byIts, dependsOnIts                             string
	listed, anything, orgRoot, wouldBe              string
	noAllow, mayAllow, mayDeny, unneeded            string
	matches, noMatch, mayMatch                      string
	principal, action, resource, conditions         string

	titles, trials               map[string]string // of a message, by verdict, each with who and which role
	fields                       fields
	severities                   map[string]string
	otherCauses                  string
	repeatedOnce, repeated, last string
	long                         [4][2]string // units of a time that passes, for one and for more
	report, trailLink, roleLink  string
}

// fields are the labels of a [Brief].
type fields struct{ caller, role, cause, owner, when, from, severity string }

// wordsOf gives the labels of a language, English where there are none yet.
func wordsOf(lang string) *words {
	switch lang {
	default:
		return &english
	}
}

// term gives the word for a value of the report's closed sets, and the value
// itself where a later version has added one.
func term(m map[string]string, value string) string {
	if t, ok := m[value]; ok {
		return t
	}
	return value
}

// kindOf gives the format of a kind of policy, with a place for its name.
func (w *words) kindOf(kind string) string {
	if format, ok := w.kinds[kind]; ok {
		return format
	}
	return strings.ReplaceAll(kind, "%", "%%") + " %s"
}
