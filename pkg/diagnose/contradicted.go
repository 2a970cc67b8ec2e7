package diagnose

import (
	"github.com/assumewhy/assumewhy/pkg/evidence"
	"github.com/assumewhy/assumewhy/pkg/reconstruct"
)

// contradicted are the fields of the record of which AWS's message says other
// than they do.
func (q *inquiry) contradicted() []string {
	var list []string
	for _, field := range []string{reconstruct.FieldIdentity, reconstruct.FieldRole} {
		if q.Subject.Contradicted(field) {
			list = append(list, field)
		}
	}
	return list
}

// doubtful takes away what was proved from a record that contradicts itself: it
// is so of the caller, or the role, that the record names, and it may have been
// another. What depends on the one stays proved where only the other is in
// doubt.
func (q *inquiry) doubtful() {
	for _, field := range q.contradicted() {
		free := evidence.Role
		if field == reconstruct.FieldRole {
			free = evidence.Caller
		}
		for i := range q.causes {
			if c := &q.causes[i]; c.Certainty == evidence.Proved && c.Layer != free && !noPolicyDecides(c.Code) {
				c.Certainty, c.Grade = evidence.Likely, ByRecord
			}
		}
	}
}
