package diagnose

import (
	"strings"

	"github.com/assumewhy/assumewhy/pkg/estate"
	"github.com/assumewhy/assumewhy/pkg/eval"
	"github.com/assumewhy/assumewhy/pkg/evidence"
	"github.com/assumewhy/assumewhy/pkg/policy"
	"github.com/assumewhy/assumewhy/pkg/reconstruct"
	"github.com/assumewhy/assumewhy/pkg/request"
	"github.com/assumewhy/assumewhy/pkg/scope"
)

// chained looks, where a session of a role is denied, for the identity that it
// was probably made from, and for which the call would work: the user whose name
// the session has, as its own or as its source identity, or whoever alone the
// session's role trusts. It must be able to assume that role. A name may be
// chosen freely, so this is no more than likely
// (IAM User Guide, "Roles terms and concepts", role chaining).
func (q *inquiry) chained() {
	hop := q.hop()
	if hop == nil || !q.explains() {
		return
	}
	for _, who := range q.makers(hop) {
		if who != hop.ARN && q.couldMake(who, hop) && q.wouldUsually(who) {
			q.add(Cause{
				Code: CallerChainedSession, Certainty: evidence.Likely,
				Layer: evidence.Caller, Account: q.Request.Caller.Account, Owner: OwnerCaller, Would: who,
			})
			q.behind = true
			return
		}
	}
}

// hop is the role that the caller's session is of; nil where it is not known, or
// where nobody assumes it by a call of their own.
func (q *inquiry) hop() *estate.Role {
	c := q.Request.Caller
	if c.Kind != request.RoleSession || c.Linked || q.ssoCaller() || q.gone || c.RoleARN == q.Request.Role.ARN {
		return nil
	}
	acc, ok := q.Estate.Account(c.Account).Get()
	if !ok {
		return nil
	}
	role, ok := acc.Role(c.RoleName).Get()
	if !ok || c.UniqueID != "" && role.ID != "" && role.ID != c.UniqueID {
		return nil
	}
	return role
}

// explains says that a cause is there which another identity would not have: one
// of the trust policy or of the caller's own policies.
func (q *inquiry) explains() bool {
	for i := range q.causes {
		c := &q.causes[i]
		if c.Certainty >= evidence.Likely && (c.Layer == evidence.Trust || c.Layer == evidence.Identity) {
			return true
		}
	}
	return false
}

// makers are whom the session may have been made from, the surest first: by its
// source identity, by what its role's trust policy alone lets in, by its name.
func (q *inquiry) makers(hop *estate.Role) []string {
	var names []string
	if k := q.Request.Keys.Get("aws:sourceidentity"); k.State == request.KeyPresent && len(k.Values) == 1 {
		names = append(names, k.Values[0])
	}
	list := q.usersNamed(names)
	if one := onlyMaker(hop); one != "" {
		list = append(list, one)
	}
	return append(list, q.usersNamed([]string{q.Request.Caller.SessionName})...)
}

// usersNamed are the users of the known accounts with one of these names, or with
// what stands before the @ of one, those of the caller's account first.
func (q *inquiry) usersNamed(names []string) []string {
	accounts := q.Estate.Accounts()
	if own, ok := q.Estate.Account(q.Request.Caller.Account).Get(); ok {
		accounts = append([]*estate.Account{own}, accounts...)
	}
	var list []string
	for _, name := range names {
		before, _, mail := strings.Cut(name, "@")
		for _, acc := range accounts {
			if u, ok := acc.User(name).Get(); ok && name != "" {
				list = append(list, u.ARN)
			}
			if !mail || before == "" {
				continue
			}
			if u, ok := acc.User(before).Get(); ok {
				list = append(list, u.ARN)
			}
		}
	}
	return list
}

// onlyMaker is the one user or role that a role's trust policy names, where it
// lets nobody else in.
func onlyMaker(hop *estate.Role) string {
	trust, ok := hop.Trust.Get()
	if !ok || trust.Document().Broken {
		return ""
	}
	who := ""
	for i := range trust.Document().Statements {
		s := &trust.Document().Statements[i]
		if s.Unknown || s.NotPrincipal {
			return ""
		}
		if s.Effect != policy.Allow || !enters(s) {
			continue
		}
		for _, p := range s.Principals {
			if p.Type != "AWS" || who != "" && who != p.Text {
				return ""
			}
			who = p.Text
		}
	}
	if !strings.Contains(who, ":user/") && !strings.Contains(who, ":role/") {
		return ""
	}
	return who
}

// couldMake says that an identity may have assumed the role of the session, by
// the session's name: its own policies and the trust policy are known and do not
// deny it, whatever else was sent, and whenever.
func (q *inquiry) couldMake(who string, hop *estate.Role) bool {
	facts := []reconstruct.Known{{Key: "sts:RoleSessionName", Values: []string{q.Request.Caller.SessionName}}}
	for _, name := range []string{
		"sts:ExternalId", "sts:SourceIdentity", "aws:TagKeys", "aws:MultiFactorAuthPresent", "aws:MultiFactorAuthAge",
		"aws:CurrentTime", "aws:EpochTime",
	} {
		facts = append(facts, reconstruct.Known{Key: name, Any: true})
	}
	r, p := q.asked(who, reconstruct.RoleOf(hop.ARN), facts)
	return r != nil && unread(&p.Trust) == 0 && eval.Explain(r, p).Best == eval.Allowed
}

// wouldUsually says that the call would work by an identity that sends nothing
// special, by policies that are all known.
func (q *inquiry) wouldUsually(who string) bool {
	facts := q.sameCall()
	for i := range facts {
		if facts[i].Key == "sts:SourceIdentity" && q.inherited() {
			facts[i].Values, facts[i].Any = nil, false // it came with the session
		}
		if facts[i].Key == "sts:ExternalId" && facts[i].Any {
			facts[i].Any = false // usually none is sent
		}
	}
	r, p := q.asked(who, q.Request.Role, facts)
	if r == nil {
		return false
	}
	return eval.Decide(r.WithDefaults(), p.WithDefaults()) == eval.Allowed
}

// asked is the call of a role by another identity, with what applies to it; nil
// where that identity, or its policies, are not known.
func (q *inquiry) asked(who string, role request.Role, facts []reconstruct.Known) (*request.Request, *eval.Policies) {
	s, ok := reconstruct.Principal(who, q.Estate)
	if !ok || !reconstruct.Exists(&s.Caller, q.Estate) {
		return nil, nil
	}
	s.Role = role
	r := reconstruct.Simulated(s, q.Estate, facts, q.Request.Time)
	p := scope.Policies(q.Estate, r)
	if unread(&p.Identity) > 0 || unread(&p.Boundary) > 0 {
		return nil, nil
	}
	return r, p
}

// unread counts what of a layer is not known.
func unread(s *eval.Set) int {
	n := len(allGaps(s))
	if s.State == eval.SetUnknown {
		n++
	}
	return n
}
