// Package reconstruct makes the question of an event. Subject says from the
// event alone what must be collected; Request fills in every condition key
// with what event, estate and operator say of it. It is the only place that
// knows how event fields become condition keys.
//
// Pure and deterministic.
package reconstruct

import (
	"github.com/assumewhy/assumewhy/pkg/request"
	"github.com/assumewhy/assumewhy/pkg/trail"
)

// Subject is who wanted which role, from the event alone.
type Subject struct {
	Record  *trail.Record // nil for simulate
	Caller  request.Caller
	Role    request.Role
	RoleRaw string // the resource as the message or the parameters have it, when it is no role ARN
	Console bool
}

// Known is what the operator says of a condition key (--know KEY=VALUE,
// --context KEY=VALUE): its values, or without any that it is absent.
type Known struct {
	Key    string
	Values []string
	Any    bool // KEY=?: known to be unknown (simulate)
}
