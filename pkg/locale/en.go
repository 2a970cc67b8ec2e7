package locale

import (
	"maps"
	"slices"
	"strconv"
	"strings"
)

// english is the language of the project.
var english = &Language{
	Tag:      "en",
	headline: en{}.headline,
	because:  en{}.because,
	gap:      en{}.gap,
	codes:    func() []string { return slices.Sorted(maps.Keys(enSayings)) },
	gapCodes: func() []string { return slices.Sorted(maps.Keys(enGaps)) },
	code:     func(code string) Code { return enCodes[code] },
	part:     func(part string) string { return enParts[part] },
	owner:    func(owner string) string { return enOwners[owner] },
	ranking:  func() []string { return enRanking },
	labels:   func() CodeLabels { return enCodeLabels },
	answer:   en{}.answer,
}

// eng is what the tables below call the words by.
var eng en

type phrase func(*Cause) string

// enSay always says the same.
func enSay(s string) phrase { return func(*Cause) string { return s } }

// saying is what English says of one code. Clauses begin in lower case and end
// without a stop; sentences are whole.
type saying struct {
	fault   phrase // clause: what is at fault; the headline's first half
	tell    phrase // sentences: the same with statement and values; nil: fault
	perhaps phrase // clause after "This denies the call if"
	usual   phrase // clause: why a caller that does nothing special is denied
	next    phrase // sentence: who has to do what
	closing phrase // sentence in the place of "This denies the call."; may be empty
	head    phrase // sentence in the place of the headline's first
}

var enSayings = func() map[string]saying {
	all := map[string]saying{}
	for _, part := range []map[string]saying{
		enIdentitySayings, enCallerSayings, enRoleSayings, enPrincipalSayings, enSecretSayings, enConditionSayings,
		enRequestSayings, enFederatedSayings, enCompanionSayings, enOrgSayings, enPlatformSayings, enEvidenceSayings,
	} {
		maps.Copy(all, part)
	}
	return all
}()

// say finds the words for a code. A code from a later version is told by its
// own name.
func (w en) say(c *Cause) saying {
	if s, ok := enSayings[c.Code]; ok {
		return s
	}
	return saying{
		fault: func(c *Cause) string { return w.policy(c) + " denies the call (" + w.cut(c.Code) + ")" },
		next:  enSay("See the causes below."),
	}
}

func (w en) sentence(clause string) string { return w.upper(clause) + "." }

func (w en) because(of *Cause) string {
	c := w.ready(of)
	c.brief = true
	s := w.say(c)
	fault := w.sentence(s.fault(c))
	told := fault
	if s.tell != nil {
		told = s.tell(c)
	}
	if c.Primary && c.Certainty == "proved" {
		told = strings.TrimSpace(strings.TrimPrefix(told, fault)) // the headline has it
	}
	if told == "" && s.closing == nil {
		told = w.element(c)
	}
	end := w.certainty(c, s)
	if s.closing != nil {
		end = s.closing(c)
	}
	return strings.TrimSpace(told + " " + end)
}

// ready is a copy of the cause whose condition knows what the call knows.
func (en) ready(c *Cause) *Cause {
	out := *c
	out.Condition.names, out.Condition.simulated = c.Names, c.Simulated
	return &out
}

// element names the statement that decides, where one does.
func (w en) element(c *Cause) string {
	s := w.statement(c)
	if s == "" {
		return ""
	}
	if c.Explicit {
		return w.upper(s) + " covers this call, and no Allow outweighs an explicit deny."
	}
	return w.upper(s) + " comes nearest."
}

// certainty says how sure it is, and for what reason.
func (w en) certainty(c *Cause, s saying) string {
	switch c.Certainty {
	case "proved":
		return "This denies the call."
	case "likely":
		if why := w.grade(c, s); why != "" {
			return "This most likely denies the call: " + why + "."
		}
		return "This most likely denies the call."
	}
	if s.perhaps == nil {
		return "This denies the call if what is not known does not help it."
	}
	return "This denies the call if " + s.perhaps(c) + "."
}

func (w en) grade(c *Cause, s saying) string {
	switch c.Grade {
	case "elimination":
		if c.Shared {
			return "everything that was read allows it, but for the causes told here"
		}
		return "everything else that was read allows it"
	case "default":
		if s.usual != nil {
			return s.usual(c)
		}
		return w.nothingSpecial(c)
	case "message":
		if strings.HasPrefix(c.Code, "companion.") {
			return "AWS's message names " + w.companionAction(c)
		}
		if name := namedByMessage(c); name != "" && c.Layer != "session" {
			return "AWS's message names that policy, which was not read"
		}
		if c.Code == "identity.no_allow" {
			return "AWS's message says that none of them allows it"
		}
		return "AWS's message names " + w.layer(c.Layer)
	case "record":
		return "so it is by the record, but AWS's message in it names another caller or role"
	case "conflict":
		return "AWS's pages disagree on whether it does, and nothing else would deny it"
	}
	return ""
}

// nothingSpecial is why a caller that does nothing special is denied.
func (en) nothingSpecial(c *Cause) string {
	if c.Explicit {
		return "it denies a call in which nothing special is sent"
	}
	return "a call in which nothing special is sent does not meet it"
}

// layer is a layer's name in a sentence.
func (en) layer(layer string) string {
	switch layer {
	case "trust":
		return "the role's trust policy"
	case "identity":
		return "the caller's identity-based policies"
	case "boundary":
		return "the caller's permissions boundary"
	case "session":
		return "the caller's session policy"
	case "scp":
		return "a service control policy (SCP)"
	case "rcp":
		return "a resource control policy (RCP)"
	case "vpce":
		return "the VPC endpoint's policy"
	case "role":
		return "the role"
	case "caller":
		return "the caller"
	case "platform":
		return "AWS STS itself"
	}
	return "this kind of policy"
}

func (w en) headline(h *Headline) (what, next string) {
	if h.Primary == nil {
		return w.headlineWithout(h)
	}
	c := w.ready(h.Primary)
	s := w.say(c)
	what = w.attempt(c, s)
	if s.head != nil {
		what = s.head(c)
	}
	next, all := w.together(h, c)
	if !all {
		switch n := len(w.beside(h)); {
		case n == 1:
			what += "; 1 more cause below"
		case n > 1:
			what += "; " + strconv.Itoa(n) + " more causes below"
		}
	}
	what += "."
	if said := w.disagreement(h); said != "" {
		what += " " + said
	}
	if next == "" && s.next != nil {
		next = s.next(c)
		if c.Would != (Principal{}) && !strings.Contains(next, w.would(c)) {
			next = w.signInFirst(c, strings.ToLower(next[:1])+next[1:])
		}
	}
	return what, w.again(what, next+w.fitsToo(h, c), c)
}

// disagreement is where AWS's own message names another reason.
func (w en) disagreement(h *Headline) string {
	m := h.Message
	if !m.Disagrees || m.PolicyType == "" {
		return ""
	}
	kind := w.cut(m.PolicyType)
	reason := "no " + kind + " allows it"
	if m.Explicit {
		reason = "an explicit deny in a " + kind
		if strings.ContainsRune("aeiou", rune(kind[0]|0x20)) {
			reason = "an explicit deny in an " + kind
		}
	}
	return "AWS named another reason (" + reason + "); the policies that were read do not show that."
}

// again shortens the second mention of the role: its account's id is told once.
func (w en) again(first, next string, c *Cause) string {
	full := w.role(&c.Call)
	if c.Role.Name == "" || c.Role.Account.Name == "" || !strings.Contains(first, full) {
		return next
	}
	return strings.ReplaceAll(next, full, w.cut(c.Role.Name)+" in "+w.cut(c.Role.Account.Name))
}

// attempt is the first half of a headline, as sure as the cause is.
func (w en) attempt(c *Cause, s saying) string {
	fault := s.fault(c)
	if c.Certainty == "proved" {
		return w.upper(fault)
	}
	who := w.upper(w.principal(c.Caller))
	if strings.HasPrefix(fault, w.principal(c.Caller)) {
		return w.sure(c) + fault
	}
	switch {
	case c.Certainty == "likely" && c.Simulated:
		return who + " would most likely be denied: " + fault
	case c.Certainty == "likely":
		return who + " was most likely denied because " + fault
	case c.Simulated:
		return who + " may be denied: " + fault
	case c.Explicit:
		return who + " may have been denied: " + fault
	}
	return who + " may have been denied because " + fault
}

// sure is how a headline begins whose clause speaks of the caller itself.
func (en) sure(c *Cause) string {
	if c.Certainty == "likely" {
		return "Most likely "
	}
	return "It may be that "
}

// headlineWithout is the headline where no cause is named.
func (w en) headlineWithout(h *Headline) (what, next string) {
	who, role := w.principal(h.Caller), w.role(&h.Call)
	switch h.Verdict {
	case "allowed_now":
		if h.Simulated {
			return w.sentence(who + " can assume " + role + ": every layer allows it"), ""
		}
		return "Today's policies allow " + who + " to assume " + role + ".", "Try again."
	case "not_a_policy_denial":
		return "No policy denied this call: AWS refused it for another reason.", "Read AWS's own message."
	}
	if h.NoEstate {
		return w.noEstate(&h.Call) + ".", w.noEstateNext(&h.Call)
	}
	first := "What denied " + who + " could not be determined"
	if role != "the role" {
		first = "What denied " + who + " access to " + role + " could not be determined"
	}
	if h.Simulated {
		first = "Whether " + who + " can assume " + role + " could not be determined"
	}
	if h.Gap == nil {
		return first + ".", "The report lists what is not known."
	}
	gap, settle := w.gap(h.Gap)
	return first + ": " + w.lower(gap), settle
}

// lower takes the capital from a sentence that goes on after a colon.
func (en) lower(s string) string {
	for _, p := range []string{"The ", "Whether ", "No ", "What ", "A ", "An ", "Account ", "Which ", "Policy ", "Role ", "User "} {
		if strings.HasPrefix(s, p) {
			return strings.ToLower(s[:1]) + s[1:]
		}
	}
	return s
}
