package report

import (
	"regexp"
	"slices"
	"strings"
	"unicode"

	"github.com/assumewhy/assumewhy/pkg/diagnose"
	"github.com/assumewhy/assumewhy/pkg/estate"
	"github.com/assumewhy/assumewhy/pkg/eval"
	"github.com/assumewhy/assumewhy/pkg/evidence"
)

// hidden stands where the value of an ExternalId was.
const hidden = "(external id)"

// maxTrusted bounds how many trusted principals are copied into evidence.
const maxTrusted = 20

// Origins of the facts that sentences are made of, beside those of the
// diagnosis: they are typed by their origin, and their text is the value alone.
const (
	originCertainty = "rule:certainty" // why it is likely: elimination, default, message, conflict, record
	originEffect    = "rule:effect"    // "explicit deny"
	originTrusted   = "estate:trusts"  // a principal that the trust policy names
	originWould     = "estate:would"   // the identity that would work
	originUntil     = "rule:until"     // when a Deny ends that holds for a span of time
	originNearest   = "rule:nearest"   // whether the nearest role would do: allowed, denied, unknown
	originLevel     = "estate:level"   // id and name of the level of an SCP or RCP
	explicitDeny    = "explicit deny"
)

func causes(in Input) []Cause {
	var list []Cause
	for i := range in.Diagnosis.Causes {
		list = append(list, cause(in, &in.Diagnosis.Causes[i]))
	}
	return list
}

func cause(in Input, c *diagnose.Cause) Cause {
	out := Cause{
		Code:      string(c.Code),
		Detail:    Detail{Kind: detailKind(c.Detail.Kind), Nearest: c.Detail.Nearest, Wanted: c.Detail.Wanted, Got: c.Detail.Got},
		Certainty: c.Certainty.String(), Primary: c.Primary,
		Layer: string(c.Layer), Account: accountID(c.Account), Owner: string(c.Owner), Action: c.Action,
		Policy: policyOf(c.Policy), Statement: statementOf(c.Statement),
		Quote:     quote(c.Policy, c.Statement, c.Marks),
		Condition: condition(c.Condition),
		Evidence:  facts(in, c),
	}
	if out.Policy.Kind == "" && c.Target != "" && slices.Contains(layerOrder, c.Layer) {
		out.Policy.Kind, out.Policy.AttachedTo = string(c.Layer), c.Target
	}
	if c.Statement == nil && !c.Explicit && strings.HasSuffix(out.Code, ".no_allow") {
		out.Quote = allowing(c.Policy)
	}
	if isSecret(c) {
		out.Detail.Nearest, out.Detail.Wanted, out.Detail.Got = "", hide(c.Detail.Wanted), hide(c.Detail.Got)
	}
	return out
}

// isSecret says whether the cause speaks of an ExternalId.
func isSecret(c *diagnose.Cause) bool {
	return c.Condition != nil && (c.Condition.Secret || isExternalID(c.Condition.Key)) ||
		strings.HasPrefix(string(c.Code), "trust.external_id")
}

// hide leaves of a secret that it begins or ends in white space, as one blank:
// without it nobody finds a stray one.
func hide(s string) string {
	if s == "" {
		return ""
	}
	out := hidden
	if strings.TrimLeftFunc(s, unicode.IsSpace) != s {
		out = " " + out
	}
	if strings.TrimRightFunc(s, unicode.IsSpace) != s {
		out += " "
	}
	return out
}

func condition(c *diagnose.Condition) Condition {
	if c == nil {
		return Condition{}
	}
	out := Condition{Operator: c.Operator, Key: c.Key, GotState: c.State.String()}
	secret := c.Secret || isExternalID(c.Key)
	out.Wanted, out.Got = wanted(c.Operator, c.Wanted, secret), values(c.Got, secret)
	return out
}

// wanted are the policy's values; of a secret key those that only ask whether it
// is there are told.
func wanted(operator string, list []string, secret bool) []string {
	out := values(list, secret)
	for i, v := range list {
		if onlyAsks(operator, v) {
			out[i] = v
		}
	}
	return out
}

// values copies a list; of a secret one only its length is left.
func values(list []string, secret bool) []string {
	out := append([]string{}, list...)
	for i := range out {
		if secret {
			out[i] = hidden
		}
	}
	return out
}

// facts are those of the diagnosis, and the typed ones that the sentence needs.
func facts(in Input, c *diagnose.Cause) []Evidence {
	var list []Evidence
	graded := false
	for _, f := range c.Evidence {
		e := Evidence{Origin: f.Origin.String(), Fact: f.Text}
		graded = graded || e.Origin == originCertainty
		list = append(list, e)
	}
	if c.Grade != "" && !graded {
		list = append(list, Evidence{originCertainty, string(c.Grade)})
	}
	if c.Explicit {
		list = append(list, Evidence{originEffect, explicitDeny})
	}
	for i, t := range c.Trusted {
		if i == maxTrusted {
			break
		}
		list = append(list, Evidence{originTrusted, t})
	}
	if c.Would != "" {
		list = append(list, Evidence{originWould, c.Would})
	}
	if name := levelName(in.Diagnosis.Trace, c); name != "" {
		list = append(list, Evidence{originLevel, name})
	}
	return append(list, units(in.Estate, c.Condition)...)
}

// unitID finds the organizational units in a path of an organization.
var unitID = regexp.MustCompile(`ou-[0-9a-z]{4,32}-[0-9a-z]{8,32}`)

// units are the names of the organizational units that a condition speaks of.
func units(e *estate.Estate, c *diagnose.Condition) []Evidence {
	var list []Evidence
	if e == nil || c == nil || !strings.HasSuffix(strings.ToLower(c.Key), "orgpaths") {
		return nil
	}
	for _, v := range slices.Concat(c.Wanted, c.Got) {
		for _, id := range unitID.FindAllString(v, -1) {
			fact := Evidence{originLevel, id + " " + e.AccountName(id)}
			if e.AccountName(id) != "" && !slices.Contains(list, fact) {
				list = append(list, fact)
			}
		}
	}
	return list
}

// levelName is the id and the name of the level of an SCP or RCP.
func levelName(t *eval.Trace, c *diagnose.Cause) string {
	if t == nil || c.Layer != evidence.SCP && c.Layer != evidence.RCP {
		return ""
	}
	for i := range t.Actions {
		for j := range t.Actions[i].Layers {
			l := &t.Actions[i].Layers[j]
			if l.Layer == c.Layer && l.Index == c.Level && l.Level != nil && l.Level.Name != "" {
				return l.Level.Target + " " + l.Level.Name
			}
		}
	}
	return ""
}
