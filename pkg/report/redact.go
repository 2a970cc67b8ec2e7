package report

import (
	"cmp"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"
)

// shortest is the length from which on the value of an ExternalId is looked for
// wherever it may stand; a shorter one is hidden where it is the value of the
// key, and in facts that speak of it.
const shortest = 4

// never are what no report holds, whoever wrote it: access keys, session
// tokens, and addresses to which anyone who has them can write.
// hint is what a text must hold, in lower case, to be looked at closely.
var never = []struct {
	hint    []string
	pattern *regexp.Regexp
	with    string
}{
	{[]string{"akia", "asia"}, regexp.MustCompile(`(?:AKIA|ASIA)[A-Z0-9]{16}`), "(access key)"},
	{[]string{"iqoj", "fwog", "fqog", "aqod", "aqoe"}, regexp.MustCompile(`(?:IQoJ|FwoG|FQoG|AQoD|AQoE)[A-Za-z0-9+/=_-]{40,}`), "(session token)"},
	{[]string{"eyj"}, regexp.MustCompile(`eyJ[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{10,}(?:\.[A-Za-z0-9_-]*)?`), "(token)"},
	{[]string{"slack", "office.com", "discord"}, regexp.MustCompile(`(?i)(?:https?(?::|%3a)(?:\\?/|%2f){2})?(?:hooks\.slack(?:-gov)?\.com(?:\\?/|%2f)|[a-z0-9.-]*\.webhook\.office\.com|discord(?:app)?\.com(?:\\?/|%2f)api(?:\\?/|%2f)webhooks)[^\s"'<>]*`), "(webhook)"},
	{[]string{"xox", "xapp-"}, regexp.MustCompile(`(?:xox[a-z]|xapp)-[A-Za-z0-9-]{10,}`), "(token)"},
	{[]string{"external"}, regexp.MustCompile(`(?i)(?:--external-id[= ]|\bexternal[-_]?id["']?=)["']?[^\s"'&;,<>)]+`), "(external id)"},
	{[]string{"secret", "session_token", "sessiontoken"}, regexp.MustCompile(`(?i)\b(?:aws_?)?(?:secret_?access_?key|session_?token)["']?\s*[=:]\s*["']?[A-Za-z0-9/+=_-]{4,}`), "(secret key)"},
}

// shortestKey is how long a text must be to hold one of them, in bytes.
const shortestKey = len("externalid=x")

// redact takes out what must not be kept. It runs before sentences are made, so
// that they are made of what is left.
func redact(r *Report, secrets []string) {
	clean := len(secrets) == 0
	r.eachString(func(s string) string {
		if clean && len(s) >= shortestKey {
			if !hinted(s) {
				return s // which is ASCII
			}
			clean = false
		}
		return validUTF8(s)
	})
	if clean {
		return // as nearly all are
	}
	sought := soughtOf(secrets, r)
	for i := range r.Causes {
		redactCause(&r.Causes[i], secrets, sought)
	}
	free := func(s string) string { return replaceSecrets(s, sought) }
	for _, s := range []*string{
		&r.Event.UserAgent, &r.Event.SourceIP, &r.Event.Region, &r.Event.ErrorCode, &r.Event.ID, &r.AWSSays.Message, &r.AWSSays.PolicyARN, &r.AWSSays.PolicyType, &r.Role.OwnerName,
	} {
		*s = free(*s)
	}
	for i := range r.Layers {
		l := &r.Layers[i]
		freePolicy(&l.Policy, free)
		l.Statement.Sid, l.Target, l.Name = free(l.Statement.Sid), free(l.Target), free(l.Name)
	}
	for i := range r.Gaps {
		r.Gaps[i].Subject, r.Gaps[i].Key = free(r.Gaps[i].Subject), free(r.Gaps[i].Key)
	}
	for i := range r.Known {
		r.Known[i].Key = free(r.Known[i].Key)
		for j, v := range r.Known[i].Values {
			r.Known[i].Values[j] = free(v)
		}
	}
	redactTrace(r.Trace, free)
	r.eachString(WithoutKeys)
}

func redactCause(c *Cause, secrets, sought []string) {
	redactQuote(&c.Quote, sought)
	free := func(s string) string { return replaceSecrets(s, sought) }
	freePolicy(&c.Policy, free)
	c.Statement.Sid = free(c.Statement.Sid)
	kind := c.Detail.Kind
	c.Detail.eachString(free)
	c.Detail.Kind = kind
	state := c.Condition.GotState
	c.Condition.eachString(free)
	c.Condition.GotState = state
	for i := range c.Evidence {
		e := &c.Evidence[i]
		if e.Origin == originCertainty || e.Origin == originEffect {
			continue
		}
		e.Fact = free(e.Fact)
		if tellsOfExternalID(e.Fact) {
			e.Fact = replaceWords(e.Fact, secrets)
		}
	}
}

// freePolicy leaves the words of the report alone.
func freePolicy(p *Policy, free func(string) string) {
	p.ARN, p.Name, p.AttachedTo = free(p.ARN), free(p.Name), free(p.AttachedTo)
}

func redactTrace(t *Trace, free func(string) string) {
	if t == nil {
		return
	}
	for i := range t.Actions {
		for j := range t.Actions[i].Layers {
			l := &t.Actions[i].Layers[j]
			l.Target = free(l.Target)
			for k := range l.Statements {
				s := &l.Statements[k]
				freePolicy(&s.Policy, free)
				s.Statement.Sid = free(s.Statement.Sid)
				for n := range s.Conditions {
					c := &s.Conditions[n]
					state := c.GotState
					c.eachString(free)
					c.GotState = state
				}
			}
		}
	}
}

// redactQuote hides secrets and keys in quoted lines, and moves the marks.
func redactQuote(q *Quote, sought []string) {
	for i, line := range q.Lines {
		q.rewrite(i, found(line, sought))
	}
}

// rewrite edits one line, counted from 0, and moves its marks.
func (q *Quote) rewrite(line int, edits []edit) {
	shown, move := apply(q.Lines[line], edits)
	q.Lines[line] = shown
	for i := range q.Mark {
		if m := &q.Mark[i]; m.Line == q.First+line {
			m.From, m.To = min(move(m.From), len(shown)), min(move(m.To), len(shown))
		}
	}
}

// found are the edits that a line needs.
func found(line string, sought []string) []edit {
	var list []edit
	lower, ok := hinting(line)
	for _, n := range never {
		if !ok || !containsAny(lower, n.hint) {
			continue
		}
		for _, m := range n.pattern.FindAllStringIndex(line, -1) {
			list = append(list, edit{place{m[0], m[1]}, n.with})
		}
	}
	if len(sought) == 0 {
		return apart(list)
	}
	folded := fold(line)
	for _, s := range sought {
		for at := 0; ; {
			i := strings.Index(folded[at:], s)
			if i < 0 {
				break
			}
			list = append(list, edit{place{at + i, at + i + len(s)}, hidden})
			at += i + len(s)
		}
	}
	return apart(list)
}

// fold is a text with its ASCII letters small: a secret in other letters' case
// is one still, and nothing changes its place.
func fold(s string) string {
	i := strings.IndexFunc(s, func(r rune) bool { return r >= 'A' && r <= 'Z' })
	if i < 0 {
		return s
	}
	b := []byte(s)
	for ; i < len(b); i++ {
		if b[i] >= 'A' && b[i] <= 'Z' {
			b[i] |= 0x20
		}
	}
	return string(b)
}

// apart orders edits and joins those that overlap: all of what either hides is
// hidden.
func apart(list []edit) []edit {
	if len(list) < 2 {
		return list
	}
	slices.SortStableFunc(list, func(a, b edit) int { return cmp.Compare(a.from, b.from) })
	var out []edit
	for _, e := range list {
		if n := len(out); n > 0 && e.from < out[n-1].to {
			out[n-1].to = max(out[n-1].to, e.to)
			continue
		}
		out = append(out, e)
	}
	return out
}

func replaceSecrets(s string, sought []string) string {
	edits := found(s, sought)
	if len(edits) == 0 {
		return s
	}
	out, _ := apply(s, edits)
	return out
}

// soughtOf are the secrets that are looked for anywhere, folded.
func soughtOf(secrets []string, r *Report) []string {
	var list []string
	for _, s := range secrets {
		if sought(s, r) {
			list = append(list, fold(s))
		}
	}
	return list
}

// sought says whether a value is looked for outside of its own place. One that
// is also the name of something in the call (many vendors take the customer's
// account id) is not: hiding that name would say what the value is.
func sought(secret string, r *Report) bool {
	if len(secret) < shortest || secret == hidden || grammar[strings.ToLower(secret)] {
		return false
	}
	for _, public := range []string{
		usual(r.Event.ID), r.Event.Account, usual(r.Event.Region), usual(r.Event.SourceIP), r.Event.Name, r.Event.Time,
		r.Caller.ARN, r.Caller.Account, r.Caller.RoleARN, r.Caller.PrincipalID, r.Role.ARN, r.Role.Account,
	} {
		if strings.Contains(public, secret) {
			return false
		}
	}
	return true
}

// usual is a name as CloudTrail makes it, an id, a region, an address or a
// service, and nothing where it is anything else.
func usual(s string) string {
	if strings.Trim(strings.ToLower(s), "abcdefghijklmnopqrstuvwxyz0123456789.:-") != "" {
		return ""
	}
	return s
}

// grammar are words of policies that may also be somebody's ExternalId.
var grammar = map[string]bool{
	"statement": true, "effect": true, "allow": true, "deny": true, "principal": true, "action": true,
	"resource": true, "condition": true, "version": true, "service": true, "federated": true,
	"sts:externalid": true, "sts:assumerole": true, "stringequals": true, "stringlike": true,
	"true": true, "false": true, "null": true, "external": true, "role": true, "user": true, "arn:aws": true,
}

// replaceWords hides whole words, however short.
func replaceWords(s string, secrets []string) string {
	for _, secret := range secrets {
		if secret == "" || secret == hidden {
			continue
		}
		words := strings.Split(s, " ")
		for i, w := range words {
			if strings.EqualFold(w, secret) {
				words[i] = hidden
			}
		}
		s = strings.Join(words, " ")
	}
	return s
}

// WithoutKeys replaces access keys, session tokens and addresses of webhooks in a
// text that becomes no report, such as the line that names an error. Values of
// sts:ExternalId cannot be told by their looks: they stay.
func WithoutKeys(s string) string {
	lower, ok := hinting(s)
	for _, n := range never {
		if ok && containsAny(lower, n.hint) {
			s = n.pattern.ReplaceAllLiteralString(s, n.with)
		}
	}
	return s
}

// hinting gives a text in lower case where it holds a hint; nearly all texts do
// not.
func hinting(s string) (lower string, ok bool) {
	if !hinted(s) {
		return "", false
	}
	return strings.ToLower(s), true
}

// hinted says that a text holds a hint, or letters that may stand for one in
// another alphabet.
func hinted(s string) bool {
	if len(s) < shortestKey {
		return false
	}
	three := 0 // the last three letters
	for i := range len(s) {
		three = (three<<5 | int(s[i]&31)) & (1<<15 - 1)
		if s[i] >= utf8.RuneSelf || starts[three>>6]>>(three&63)&1 != 0 && hintAt(s[i-2:]) {
			return true
		}
	}
	return false
}

// hintAt says that a text begins with a hint.
func hintAt(s string) bool {
	for i := range never {
		for _, h := range never[i].hint {
			if len(s) >= len(h) && strings.EqualFold(s[:len(h)], h) {
				return true
			}
		}
	}
	return false
}

// starts are the first three letters of all hints, in any case, a bit for each
// three letters: 4 kB, which stay near.
var starts = func() (set [1 << 15 / 64]uint64) {
	for _, n := range never {
		for _, h := range n.hint {
			three := int(h[0]&31)<<10 | int(h[1]&31)<<5 | int(h[2]&31)
			set[three>>6] |= 1 << (three & 63)
		}
	}
	return set
}()

func containsAny(s string, words []string) bool {
	return slices.ContainsFunc(words, func(w string) bool { return strings.Contains(s, w) })
}

// validUTF8 keeps the columns of what is marked: a byte that is no text becomes
// one question mark.
func validUTF8(s string) string {
	if utf8.ValidString(s) {
		return s
	}
	b := []byte(s)
	for i := 0; i < len(b); {
		r, n := utf8.DecodeRune(b[i:])
		if r == utf8.RuneError && n == 1 {
			b[i] = '?'
		}
		i += n
	}
	return string(b)
}
