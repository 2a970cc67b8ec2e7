package eval

import (
	"strings"

	"github.com/assumewhy/assumewhy/pkg/evidence"
	"github.com/assumewhy/assumewhy/pkg/policy"
	"github.com/assumewhy/assumewhy/pkg/request"
)

// Conditions says whether all conditions of one statement of a document hold
// for an action of the given keys. A statement that was not understood is
// unknown; so is any of a broken document.
func Conditions(d *policy.Document, statement int, keys *request.Keys, action string) evidence.Tri {
	if d.Broken || statement < 0 || statement >= len(d.Statements) || d.Statements[statement].Unknown {
		return evidence.Unknown
	}
	e := forAction(&request.Request{Keys: *keys}, action)
	s := compileStatement(&d.Statements[statement], d.Variables())
	return e.conditions(&s)
}

// KeyOf gives a condition key, by its name in any case, and its state as one
// action sees it: companion authorizations do not see every key of the request.
func KeyOf(r *request.Request, action, name string) (*request.Key, request.KeyState) {
	e := forAction(r, action)
	low := strings.ToLower(name)
	k := r.Keys.Get(low)
	return k, e.state(k, classify(low))
}

// Substitute puts the policy variables of a text in, as an action sees them.
// The state is KeyPresent for a text that is whole, KeyAbsent when a variable
// has no value and KeyUnknown when its value is not known; then "*" stands in
// its place. Without variables (Document.Variables) the text is as written.
func Substitute(r *request.Request, action, text string, variables bool) (string, request.KeyState) {
	e := forAction(r, action)
	t := newTemplate(text, variables, false)
	out, state := e.substitute(&t)
	if state == request.KeyAbsent {
		return text, state
	}
	return out, state
}

// ResourceMatch says whether one entry of Resource or NotResource matches the
// role, as an action of the layer sees it.
func ResourceMatch(r *request.Request, action, text string, variables bool, layer evidence.Layer) evidence.Tri {
	e := forAction(r, action)
	in, ok := numbered(layer)
	if !ok {
		return evidence.Unknown
	}
	return e.oneResource(newResource(text, variables), in)
}

// noPolicies is read only.
var noPolicies Policies

// forAction is an evaluator for one authorization, without policies.
func forAction(r *request.Request, action string) *evaluator {
	e := newEvaluator(r, &noPolicies, nil)
	e.begin(action)
	return &e
}
