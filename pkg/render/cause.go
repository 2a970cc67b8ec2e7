package render

import (
	"fmt"
	"strings"

	"github.com/assumewhy/assumewhy/pkg/report"
)

func (n namer) cause(c *report.Cause) Cause {
	b := Cause{
		Word: n.w.cause, Code: c.Code, Certainty: term(n.w.certainty, c.Certainty), Owner: n.owner(c),
		Primary: c.Primary, Because: c.Because, Where: n.where(c),
		Quote: Quote{First: c.Quote.First, Lines: c.Quote.Lines},
		Facts: n.facts(c),
	}
	if strings.Contains(n.r.Headline, c.Because) {
		b.Because = ""
	}
	for _, m := range c.Quote.Mark {
		b.Quote.Mark = append(b.Quote.Mark, Span{m.Line, m.From, m.To})
	}
	return b
}

// owner is "owner: " and who must act, or empty.
func (n namer) owner(c *report.Cause) string {
	if who := n.who(c); who != "" {
		return fmt.Sprintf(n.w.owner, who)
	}
	return ""
}

// who must act: the account of whoever owns what denies. Nobody has to where
// nothing denies.
func (n namer) who(c *report.Cause) string {
	who, what := n.account(c.Account), term(n.w.owners, c.Owner)
	if who == "" {
		who = what
	}
	switch {
	case c.Code == "evidence.contradiction" || who == "":
		return ""
	case c.Owner == "caller":
		who = what
	case c.Owner == "identity_provider" && c.Code == "platform.identity_token":
		who = n.w.issuer // of the token or assertion; IAM Identity Center has no part in it
	case c.Owner == "identity_provider":
		who = what
		if set, ok := permissionSet(n.callerRole()); ok {
			who = join(", ", what, fmt.Sprintf(n.w.users["PermissionSet"], set))
		}
	case c.Owner == "organization" && (c.Account == n.r.Caller.Account || c.Account == n.r.Role.Account):
		who = what // policies of organizations do not bind the account that owns them
	case c.Owner == "organization" && c.Account != "":
		who = join(", ", who, n.w.organization)
	case c.Owner == "role_account" && n.r.Role.OwnerName != "":
		who = fmt.Sprintf(n.w.ownerNamed, who, n.r.Role.OwnerName)
	}
	return who
}

// where names the policy, its kind, what it hangs on, and the statement.
func (n namer) where(c *report.Cause) string {
	p := &c.Policy
	name, statement := policyName(p), n.statement(&c.Statement)
	if p.Kind == "" || name+statement == "" && len(c.Quote.Lines) == 0 {
		return "" // the sentence has said whose policies they are
	}
	if p.Kind == "trust" {
		name = ""
	}
	what := strings.TrimSpace(fmt.Sprintf(n.w.kindOf(p.Kind), name))
	if p.Managed != "" && p.Kind == "identity" {
		what += " " + fmt.Sprintf(n.w.how, term(n.w.managed, p.Managed))
	}
	at, on := p.AttachedTo, n.w.attached
	if p.Kind == "trust" {
		on = n.w.of
		if at == "" {
			at = n.r.Role.ARN
		}
	}
	if at != "" && at != name { // an endpoint's policy has no name but the endpoint's
		what += " " + fmt.Sprintf(on, n.target(at))
	}
	return join(", ", what, statement)
}
