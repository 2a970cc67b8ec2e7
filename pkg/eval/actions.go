package eval

import (
	"strings"

	"github.com/assumewhy/assumewhy/pkg/arn"
	"github.com/assumewhy/assumewhy/pkg/evidence"
	"github.com/assumewhy/assumewhy/pkg/policy"
)

// actionID numbers the STS actions that a call of the AssumeRole family needs,
// so that what a statement says of them is worked out once, when it is
// compiled.
type actionID uint8

const (
	otherAction actionID = iota
	assumeRole
	assumeRoleWithSAML
	assumeRoleWithWebIdentity
	tagSession
	setSourceIdentity
	setContext
	assumeRoot
	getCallerIdentity
	numActions
)

var actionNames = [numActions]string{
	assumeRole:                "sts:AssumeRole",
	assumeRoleWithSAML:        "sts:AssumeRoleWithSAML",
	assumeRoleWithWebIdentity: "sts:AssumeRoleWithWebIdentity",
	tagSession:                "sts:TagSession",
	setSourceIdentity:         "sts:SetSourceIdentity",
	setContext:                "sts:SetContext",
	assumeRoot:                "sts:AssumeRoot",
	getCallerIdentity:         "sts:GetCallerIdentity",
}

// lowerActions are the same names as patterns are compared with them.
var lowerActions = func() (out [numActions]string) {
	for i, n := range actionNames {
		out[i] = strings.ToLower(n)
	}
	return out
}()

// identify finds an action by its name, in any case.
func identify(name string) actionID {
	for i := assumeRole; i < numActions; i++ {
		if known := actionNames[i]; name == known || len(name) == len(known) && strings.EqualFold(name, known) {
			return i
		}
	}
	return otherAction
}

// isSTS says whether an action is of the token service.
func isSTS(name string) bool {
	const prefix = "sts:"
	return strings.HasPrefix(name, prefix) || len(name) >= len(prefix) && strings.EqualFold(name[:len(prefix)], prefix)
}

// actionSet is a compiled Action or NotAction element. Names and wildcards
// compare whatever their case (IAM JSON policy elements: Action).
type actionSet struct {
	globs []arn.Glob
	not   bool
	mask  uint16 // bit i: the element covers the action i
	none  bool   // the element is missing or empty: what it covers is not known
}

func compileActions(s *policy.Statement) actionSet {
	a := actionSet{not: s.NotAction, none: len(s.Actions) == 0}
	a.globs = make([]arn.Glob, len(s.Actions))
	for i, item := range s.Actions {
		a.globs[i] = arn.CompileGlob(strings.ToLower(item.Text))
	}
	for id := assumeRole; id < numActions && !a.none; id++ {
		if a.covers(lowerActions[id]) {
			a.mask |= 1 << id
		}
	}
	return a
}

// covers says whether the element covers an action given in lower case.
func (a *actionSet) covers(lower string) bool {
	for _, g := range a.globs {
		if g.Match(lower) {
			return !a.not
		}
	}
	return a.not
}

// action says whether a statement speaks of the action at hand.
func (e *evaluator) action(a *actionSet) evidence.Tri {
	switch {
	case a.mask&(1<<e.id) != 0:
		return evidence.True
	case a.none:
		return evidence.Unknown
	case e.id == otherAction:
		return evidence.Of(a.covers(e.lower))
	}
	return evidence.False
}

// ActionMatch says whether one pattern of an Action element covers an action.
func ActionMatch(pattern, action string) bool {
	return arn.CompileGlob(strings.ToLower(pattern)).Match(strings.ToLower(action))
}
