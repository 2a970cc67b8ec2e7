package diagnose

import (
	"slices"
	"strings"

	"github.com/assumewhy/assumewhy/pkg/request"
)

// orphaned: IAM shows the bare unique id of a principal that was deleted; a
// new one of the same name has another id (IAM User Guide, "AWS JSON policy
// elements: Principal"). An id of the caller's own kind may have been the
// caller's, whoever is trusted beside it. One of the other kind never was: it is
// named where nobody else is trusted.
func (v view) orphaned(c *Cause, list []trusted) bool {
	caller := v.q.Request.Caller
	own := map[request.CallerKind]string{request.User: "AIDA", request.RoleSession: "AROA"}[caller.Kind]
	if own == "" {
		return false
	}
	alone := !slices.ContainsFunc(list, func(t trusted) bool { return !v.orphan(t) })
	for _, prefix := range []string{own, ""} {
		for _, t := range list {
			if !v.orphan(t) || !strings.HasPrefix(t.Text, prefix) || prefix == "" && !alone {
				continue
			}
			c.Code = TrustOrphanedPrincipal
			t.point(c)
			c.Detail.Got = caller.UniqueID
			if c.Detail.Got != t.Text {
				c.Detail.Wanted = t.Text
			}
			return true
		}
	}
	return false
}

// orphan says that a principal is the bare id of somebody who is gone, as far as
// can be seen.
func (v view) orphan(t trusted) bool {
	return t.allows && t.Type == "AWS" && uniqueID(t.Text) && !v.q.living(t.Text)
}

// living says that a unique id is that of a user or role which is there: IAM
// shows the ARN of such a one, so a bare id of it stands in drafts only.
func (q *inquiry) living(id string) bool {
	for _, acc := range q.Estate.Accounts() {
		if _, ok := acc.UserByID(id).Get(); ok {
			return true
		}
		if _, ok := acc.RoleByID(id).Get(); ok {
			return true
		}
	}
	return false
}
