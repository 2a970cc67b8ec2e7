package reconstruct

import (
	"slices"
	"strings"

	"github.com/assumewhy/assumewhy/pkg/evidence"
	"github.com/assumewhy/assumewhy/pkg/request"
)

// The actions of a role switch, as the Service Authorization Reference for AWS
// STS spells them.
const (
	assumeRole  = "sts:AssumeRole"
	assumeSAML  = "sts:AssumeRoleWithSAML"
	assumeWebID = "sts:AssumeRoleWithWebIdentity"
	assumeRoot  = "sts:AssumeRoot"
	tagSession  = "sts:TagSession"
	setSourceID = "sts:SetSourceIdentity"
	setContext  = "sts:SetContext"
)

// actionsOf lists the authorizations of the call: the call's own action first,
// then its companions, each with whether it applies: true where AWS's message
// names it, or record or operator show the parameter or its inheritance; false
// where they show that there is none; else unknown.
func (b *builder) actionsOf() []request.Action {
	main := request.Action{Name: b.action(), Applies: evidence.True, Origin: event("eventName")}
	list := []request.Action{main}
	if main.Name == assumeRoot {
		return b.name(list)
	}
	list = append(list, b.tagAction(), b.sourceIdentityAction())
	if main.Name == assumeRole {
		list = append(list, b.contextAction())
	}
	return b.name(list)
}

// action is the call's own: by the event's name, or for a call that nobody has
// made by who would make it.
func (b *builder) action() string {
	name := ""
	if b.rec != nil {
		name = b.rec.Name
	}
	switch {
	case name == "AssumeRoleWithSAML", b.simulated() && b.s.Caller.Kind == request.SAML:
		return assumeSAML
	case name == "AssumeRoleWithWebIdentity", b.simulated() && b.s.Caller.Kind == request.OIDC:
		return assumeWebID
	case name == "AssumeRoot":
		return assumeRoot
	}
	return assumeRole
}

// named is where AWS's message says which authorization failed.
var named = evidence.Origin{Kind: evidence.FromMessage, Ref: "action"}

// name marks the authorization that AWS's message names: it is needed, and it
// is the one that failed.
func (b *builder) name(list []request.Action) []request.Action {
	if b.rec == nil || b.rec.Hint.Action == "" {
		return list
	}
	for i := range list {
		if strings.EqualFold(list[i].Name, b.rec.Hint.Action) {
			list[i].Named = true
			if i > 0 {
				list[i].Applies, list[i].Origin = evidence.True, named
			}
		}
	}
	return list
}

func (b *builder) tagAction() request.Action {
	a := request.Action{Name: tagSession}
	p := b.params()
	switch {
	case b.knows("aws:RequestTag/") || b.knows("aws:TagKeys") || b.knows("sts:TransitiveTagKeys"):
		a.Applies, a.Origin = evidence.True, operator("aws:RequestTag")
	case b.knowsAbsent("aws:TagKeys"):
		a.Applies, a.Origin = evidence.False, operator("aws:TagKeys")
	case p != nil && len(p.Tags)+len(p.IncomingTags) > 0 || b.unread(tagMembers...):
		a.Applies, a.Origin = evidence.True, event("requestParameters.tags")
	case b.byService(podIdentity, rolesAnywhere):
		a.Applies, a.Origin = evidence.True, rule("this service tags every session")
	case b.federated():
		// The tags come inside the token or assertion, which is not logged.
	case b.shown():
		a.Applies, a.Origin = evidence.False, event("requestParameters.tags")
	case b.s.Caller.Kind == request.RoleSession:
		// Transitive tags of the session would be inherited, and are not logged.
	case b.s.Console:
		a.Applies, a.Origin = evidence.False, rule("the console sends no tags")
	}
	if b.simulated() && a.Applies == evidence.Unknown && !b.knowsAny("aws:TagKeys") {
		a.Applies, a.Origin = evidence.False, operator("no tags given")
	}
	return a
}

func (b *builder) sourceIdentityAction() request.Action {
	a := request.Action{Name: setSourceID}
	p := b.params()
	switch {
	case b.session().SourceIdentity != "":
		a.Applies, a.Origin = evidence.True, event("userIdentity.sessionContext.sourceIdentity")
	case b.knows("sts:SourceIdentity") || b.inherits():
		a.Applies, a.Origin = evidence.True, operator("sts:SourceIdentity")
	case b.knowsAbsent("sts:SourceIdentity"):
		a.Applies, a.Origin = evidence.False, operator("sts:SourceIdentity")
	case b.byService(rolesAnywhere):
		a.Applies, a.Origin = evidence.True, rule("this service sets the source identity of every session")
	case p != nil && p.SourceIdentity != nil || b.unread("sourceIdentity"):
		a.Applies, a.Origin = evidence.True, event("requestParameters.sourceIdentity")
	case b.simulated():
		if !b.knowsAny("sts:SourceIdentity") {
			a.Applies, a.Origin = evidence.False, operator("no source identity given")
		}
	case b.federated() || b.hidden():
		// It would come inside the token or assertion, or with the session.
	case b.shown():
		a.Applies, a.Origin = evidence.False, event("requestParameters.sourceIdentity")
	case b.s.Console:
		a.Applies, a.Origin = evidence.False, rule("the console sends no source identity")
	}
	return a
}

func (b *builder) contextAction() request.Action {
	a := request.Action{Name: setContext}
	p := b.params()
	switch {
	case b.knows("sts:RequestContext/") || b.knows("sts:RequestContextProviders"):
		a.Applies, a.Origin = evidence.True, operator("sts:RequestContext")
	case b.knowsAbsent("sts:RequestContextProviders"):
		a.Applies, a.Origin = evidence.False, operator("sts:RequestContextProviders")
	case b.byService(accountAccess):
		a.Applies, a.Origin = evidence.True, rule("this service passes a context")
	case b.shown() || p != nil && p.ProvidedContext:
		a.Applies, a.Origin = evidence.Of(p.ProvidedContext), event("requestParameters.providedContexts")
	case b.s.Console:
		a.Applies, a.Origin = evidence.False, rule("the console sends no context")
	case b.simulated():
		a.Applies, a.Origin = evidence.False, operator("no context given")
	}
	return a
}

// Services that need more than sts:AssumeRole on every call (Amazon EKS User
// Guide, "EKS Pod Identity role"; IAM Roles Anywhere User Guide, "Trust policy";
// IAM User Guide, "Account Access Manager").
const (
	podIdentity   = "pods.eks.amazonaws.com"
	rolesAnywhere = "rolesanywhere.amazonaws.com"
	accountAccess = "account-access.amazonaws.com"
)

// byService says whether one of the services makes the call.
func (b *builder) byService(names ...string) bool {
	return b.s.Caller.Kind == request.Service && slices.Contains(names, b.s.Caller.ARN)
}

func event(ref string) evidence.Origin {
	return evidence.Origin{Kind: evidence.FromEvent, Ref: ref}
}

func operator(ref string) evidence.Origin {
	return evidence.Origin{Kind: evidence.FromOperator, Ref: ref}
}

func rule(ref string) evidence.Origin {
	return evidence.Origin{Kind: evidence.FromRule, Ref: ref}
}

func inEstate(ref string) evidence.Origin {
	return evidence.Origin{Kind: evidence.FromEstate, Ref: ref}
}
