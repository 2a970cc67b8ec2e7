package render

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/assumewhy/assumewhy/pkg/report"
)

// Brief is an explanation for a message in a channel: what one sees at a glance.
// As in the tree, all text is hostile until a format escapes it.
type Brief struct {
	Tone     Tone
	Title    string // "Denied role switch: bob → Deployer (prod)"
	Who      string // "bob → Deployer (prod)"
	Headline string
	Label    string // "Next:"
	Next     string // what to do and who must do it, or empty
	Proof    string // "proved: the call is then allowed", where Next is proved
	Fields   []Field
	Cause    *Cause // the first, nil where there is none
	Word     string // "Other causes"
	Others   []Cause
	Unknowns *Unknowns // where what is not known could change the answer
	Foot     []string  // incident, AWS's own message, age of the policies
	Incident string    // "incident 7f3a91c2d4e5f607", or empty
	Links    LinkWords
}

// Field is a label and its value, neither of them empty.
type Field struct{ Label, Text string }

// LinkWords are what links are called.
type LinkWords struct{ Report, Trail, Role string }

// BriefOf makes the brief of a report.
func BriefOf(r *report.Report) Brief {
	n := namer{r, wordsOf(r.Lang)}
	head, lead := n.head(), n.lead()
	who := head.Caller + " → " + n.roleShort()
	b := Brief{
		Tone: head.Tone, Title: fmt.Sprintf(n.title(), who), Who: who, Headline: lead.Headline, Label: lead.Label, Next: lead.Next,
		Fields: n.fields(), Word: n.w.otherCauses, Foot: n.foot().Items,
		Links: LinkWords{Report: n.w.report, Trail: n.w.trailLink, Role: n.w.roleLink},
	}
	if len(r.Remedies) > 0 && r.Remedies[0].Verified && r.Remedies[0].Sufficient {
		b.Proof = n.w.proved
	}
	for i := range r.Causes {
		c := n.cause(&r.Causes[i])
		if c.Primary && b.Cause == nil {
			b.Cause = &c
		} else {
			b.Others = append(b.Others, c)
		}
	}
	if r.Incident != "" {
		b.Incident = fmt.Sprintf(n.w.incident, r.Incident)
	}
	if u := n.unknowns(); !u.Settled && len(u.Shown(false)) > 0 {
		b.Unknowns = &u
	}
	return b
}

// title is the format of a title, by the verdict.
func (n namer) title() string {
	formats := n.w.titles
	if n.r.Event.Name == report.Simulate {
		formats = n.w.trials
	}
	verdict := n.r.Verdict
	if verdict == "allowed_now" && n.blind() {
		verdict = "no_reason" // what can be seen allows it, which is not all there is
	}
	format, ok := formats[verdict]
	if !ok {
		format = formats["undetermined"]
	}
	return format
}

// roleShort is "Deployer (prod)".
func (n namer) roleShort() string {
	name, account := n.roleName(), n.r.Role.Account
	if a := n.r.Accounts[account]; a.Name != "" && account != "" {
		account = a.Name
	}
	if account == "" {
		return name
	}
	return name + " (" + account + ")"
}

// roleName is a role's name, or the whole ARN of what is no role.
func (n namer) roleName() string {
	arn := n.r.Role.ARN
	if name := tail(arn); name != "" && strings.Contains(arn, ":role/") {
		return name
	}
	return n.role()
}

// in is a name with its account, where that is known.
func (n namer) in(name, account string) string {
	if account == "" {
		return name
	}
	return fmt.Sprintf(n.w.roleIn, name, n.account(account))
}

// callerIn is the caller in full: "role ci, session build-42 in dev (1111…)".
func (n namer) callerIn() string {
	c := &n.r.Caller
	_, long := n.caller()
	if c.SessionName != "" {
		long = join(", ", long, fmt.Sprintf(n.w.session, c.SessionName))
	}
	return n.in(join(", ", long, provider(c.ARN)), c.Account)
}

func (n namer) fields() []Field {
	var list []Field
	add := func(label, text string) {
		if text != "" {
			list = append(list, Field{label, text})
		}
	}
	w := n.w.fields
	add(w.caller, n.callerIn())
	add(w.role, n.in(n.roleName(), n.r.Role.Account))
	for i := range n.r.Causes {
		if c := &n.r.Causes[i]; c.Primary {
			add(w.cause, join(", ", c.Code, term(n.w.certainty, c.Certainty)))
			add(w.owner, n.who(c))
			break
		}
	}
	add(w.when, moment(n.r.Event.Time))
	add(w.from, join(", ", n.r.Event.SourceIP, n.r.Event.Region))
	if f := n.severity(); f.Text != "" {
		list = append(list, f)
	}
	return list
}

// Severity is how much a denial weighs (see [report.Report.Severity]) and what
// that is called; a simulation, which denied nobody anything, has none.
func Severity(r *report.Report) Field { return namer{r, wordsOf(r.Lang)}.severity() }

func (n namer) severity() Field {
	if n.r.Event.Name == report.Simulate {
		return Field{}
	}
	return Field{n.w.fields.severity, term(n.w.severities, n.r.Severity())}
}

// Repeats is how often the same was denied again after the first time.
type Repeats struct {
	Times int           // 0 for never
	Over  time.Duration // from the first to the last
	Last  time.Time
}

// Repeated is "again 14 times in 20 minutes, last 09:46:12 UTC" in a language of
// package locale, and empty where it was not.
func Repeated(lang string, r Repeats) string {
	if r.Times < 1 {
		return ""
	}
	w := wordsOf(lang)
	layout := time.TimeOnly
	if r.Over >= 12*time.Hour {
		layout = time.DateTime
	}
	last := fmt.Sprintf(w.last, r.Last.UTC().Format(layout))
	if r.Times == 1 {
		return fmt.Sprintf(w.repeatedOnce, last)
	}
	return fmt.Sprintf(w.repeated, thousands(r.Times), w.spell(r.Over), last)
}

// spell is a time in its largest unit: "20 minutes".
func (w *words) spell(d time.Duration) string {
	left := int64(max(d, 0) / time.Second)
	units := []int64{24 * 60 * 60, 60 * 60, 60, 1}
	for i, unit := range units {
		count := left / unit
		if count < 2 && i < len(units)-1 && left%unit != 0 || count < 1 && i < len(units)-1 {
			continue // "90 minutes" rather than "1 hour"
		}
		if count == 1 {
			return w.long[i][0]
		}
		return fmt.Sprintf(w.long[i][1], count)
	}
	return ""
}

// thousands is n with commas between its groups of three digits.
func thousands(n int) string {
	s := strconv.Itoa(n)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}
