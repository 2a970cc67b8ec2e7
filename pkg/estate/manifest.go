package estate

import (
	"fmt"
	"time"

	"github.com/assumewhy/assumewhy/pkg/evidence"
)

// Schema is the format of estate.json.
const Schema = "assumewhy.estate/v1"

// The parts of estate.json's gaps.
const (
	partUsers        = "users"
	partGroups       = "groups"
	partRoles        = "roles"
	partPolicies     = "policies"
	partProviders    = "providers"
	partOrganization = "organization"
	partEndpoints    = "endpoints"
	partHistory      = "history"
)

// codes are the gap codes of the parts; permissions what lets them be read.
var codes = map[string]string{
	"":        "account",
	partUsers: "user", partGroups: "group", partRoles: "role", partPolicies: "policy", partProviders: "provider",
	partOrganization: "organization", partEndpoints: "endpoint", partHistory: "history",
}

var permissions = map[string]string{
	"":        "iam:GetAccountAuthorizationDetails",
	partUsers: "iam:GetAccountAuthorizationDetails", partGroups: "iam:GetAccountAuthorizationDetails",
	partRoles: "iam:GetAccountAuthorizationDetails", partPolicies: "iam:GetPolicyVersion",
	partProviders: "iam:ListOpenIDConnectProviders", partOrganization: "organizations:DescribeOrganization",
	partEndpoints: "ec2:DescribeVpcEndpoints", partHistory: "cloudtrail:LookupEvents",
}

var reasons = map[string]evidence.Why{
	"denied": evidence.Denied, "throttled": evidence.Throttled, "timeout": evidence.Timeout,
	"truncated": evidence.Truncated, "not_read": evidence.NotRead,
}

// newGap is a gap of a part that the estate itself found.
func newGap(part, account, subject string, why evidence.Why, detail string) evidence.Gap {
	return evidence.Gap{
		Code: codes[part], Account: account, Subject: subject,
		Permission: permissions[part], Why: why, Detail: detail,
	}
}

// hole is one gap of estate.json. An empty account means any account, an empty
// part every part, an empty subject the whole part.
type hole struct {
	account, part, subject string
	gap                    evidence.Gap
}

// manifest is estate.json.
type manifest struct {
	readAt       time.Time
	organization string // known, none, unknown, or "" when not said
	holes        []hole
	findings     []Finding
}

func (m *manifest) find(f File, format string, args ...any) {
	m.findings = append(m.findings, Finding{File: f.Name, Text: fmt.Sprintf(format, args...)})
}

// distrust makes every part a gap: what estate.json says is missing is not
// known, so nothing that is not there can be called absent.
func (m *manifest) distrust(text string) {
	g := newGap("", "", "", evidence.Unreadable, text)
	m.holes = append(m.holes, hole{gap: g})
}

func readManifest(f File) *manifest {
	m := &manifest{}
	if !f.Found && f.Problem == "" {
		return m
	}
	o, problem := open(f)
	if problem != "" {
		m.find(f, "%s", problem)
		m.distrust("estate.json could not be read")
		return m
	}
	if raw, ok := o.get("schema"); ok && o.str("schema") != Schema {
		m.find(f, "has schema %.60q, expected %q: collect the estate again", raw, Schema)
		m.distrust("estate.json has another schema")
		return m
	}
	m.readTime(f, o)
	switch s := o.str("organization"); s {
	case "known", "none", "unknown":
		m.organization = s
	default:
		if raw, ok := o.get("organization"); ok {
			m.find(f, "organization is %.60q: write known, none or unknown", raw)
			m.organization = "unknown"
		}
	}
	m.readGaps(f, o)
	return m
}

func (m *manifest) readTime(f File, o object) {
	raw, ok := o.get("read_at")
	if !ok {
		return
	}
	t, ok := instant(o.str("read_at"))
	if !ok {
		m.find(f, "read_at is %.60q: write a time such as 2026-01-31T08:00:00Z", raw)
		return
	}
	m.readAt = t
}

// instant is an RFC 3339 time in UTC; false also where its year in UTC has not
// four digits, which RFC 3339 cannot write.
func instant(s string) (time.Time, bool) {
	t, err := time.Parse(time.RFC3339, s)
	if t = t.UTC(); err != nil || t.Year() < 1 || t.Year() > 9999 {
		return time.Time{}, false
	}
	return t, true
}

func (m *manifest) readGaps(f File, o object) {
	for _, k := range o.keys {
		if k != "gaps" && sameWord([]byte(k), "gaps") {
			m.find(f, "has %.60q: write gaps", k)
			m.distrust("the gaps of estate.json could not be read")
		}
	}
	list, ok := o.list("gaps")
	if !ok {
		m.find(f, "gaps is no list: collect the estate again")
		m.distrust("the gaps of estate.json could not be read")
		return
	}
	for i, raw := range list {
		g, err := readObject(raw)
		if err != nil || g.twin != "" {
			m.find(f, "gap %d is not understood: collect the estate again", i+1)
			m.distrust("a gap of estate.json could not be read")
			continue
		}
		part, why := g.str("part"), g.str("why")
		h := hole{account: g.str("account"), part: part, subject: g.str("subject")}
		if h.account != "" && !isAccountID(h.account) {
			// Which account is meant cannot be told, so it may be any.
			m.find(f, "gap %d: account is %.60q: write its 12 digits", i+1, h.account)
			h.account = ""
		}
		reason, ok := reasons[why]
		if !ok {
			m.find(f, "gap %d: why is %.60q: write denied, throttled, timeout, truncated or not_read", i+1, why)
			reason = evidence.NotRead
		}
		if _, ok := codes[part]; !ok {
			// Which part is meant cannot be told, so it may be any.
			m.find(f, "gap %d: part is %.60q: write users, groups, roles, policies, providers, organization, endpoints or history", i+1, part)
			h.part, h.subject = "", ""
		}
		h.gap = newGap(h.part, h.account, g.str("subject"), reason, "")
		if p := g.str("permission"); p != "" {
			h.gap.Permission = p
		}
		m.holes = append(m.holes, h)
	}
}

// whole is the gap that covers a whole part of an account.
func (m *manifest) whole(account, part string) (evidence.Gap, bool) {
	for i := range m.holes {
		if h := &m.holes[i]; h.subject == "" && h.covers(account, part) {
			return h.gapOf(account, part, ""), true
		}
	}
	return evidence.Gap{}, false
}

// of is the gap that names one subject; a subject may be named by its name,
// its id or its ARN.
func (m *manifest) of(account, part string, names ...string) (evidence.Gap, bool) {
	for i := range m.holes {
		h := &m.holes[i]
		if h.subject == "" || !h.covers(account, part) {
			continue
		}
		for _, n := range names {
			if n != "" && n == h.subject {
				return h.gapOf(account, part, n), true
			}
		}
	}
	return evidence.Gap{}, false
}

// covers says whether a hole speaks of an account's part. A node or policy of
// the organization is named by its id, whoever tried to read it.
func (h *hole) covers(account, part string) bool {
	anywhere := h.account == "" || h.part == partOrganization && h.subject != ""
	return (anywhere || h.account == account) && (h.part == "" || h.part == part)
}

// anyWhole is the first gap that covers a whole part of any account.
func (m *manifest) anyWhole(part string) (evidence.Gap, bool) {
	for i := range m.holes {
		if h := &m.holes[i]; h.subject == "" && h.part == part {
			return h.gap, true
		}
	}
	return evidence.Gap{}, false
}

// gapOf is the hole's gap, said of one part and account.
func (h *hole) gapOf(account, part, subject string) evidence.Gap {
	g := h.gap
	g.Code, g.Account, g.Subject = codes[part], account, subject
	return g
}
