package diagnose

import (
	"github.com/assumewhy/assumewhy/pkg/evidence"
	"github.com/assumewhy/assumewhy/pkg/request"
)

// staleEstate says that the estate was read before the call: what it lacks may
// have been made since.
func (q *inquiry) staleEstate() bool {
	read := q.Estate.ReadAt()
	return !read.IsZero() && read.Before(q.Request.Time)
}

// recreated: the caller's unique id is not that of today's user or role of the
// name: it was deleted, and perhaps made again, while the session lives. A
// long-term key has no session: what the estate lacks is then a gap
// (IAM User Guide, "IAM identifiers", unique identifiers).
func (q *inquiry) recreated() {
	c := q.Request.Caller
	acc, ok := q.Estate.Account(c.Account).Get()
	if !ok || c.UniqueID == "" || q.simulated() || !c.Temporary || q.staleEstate() {
		return
	}
	state, today := evidence.Missing, ""
	switch c.Kind {
	case request.User:
		f := acc.User(c.UserName)
		state = f.State()
		if u, ok := f.Get(); ok {
			today = u.ID
		}
	case request.RoleSession:
		f := acc.Role(c.RoleName)
		state = f.State()
		if r, ok := f.Get(); ok {
			today = r.ID
		}
	}
	kind := "recreated"
	switch {
	case state == evidence.Absent:
		kind = "deleted"
	case state == evidence.Missing || today == "" || today == c.UniqueID:
		return
	}
	q.gone = kind == "deleted"
	q.add(Cause{
		Code: CallerRecreated, Certainty: evidence.Proved, Layer: evidence.Caller, Account: c.Account, Owner: OwnerCaller,
		Detail: Detail{Kind: kind, Wanted: today, Got: c.UniqueID},
	})
}
