package cli

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"github.com/assumewhy/assumewhy/pkg/diagnose"
	"github.com/assumewhy/assumewhy/pkg/estate"
	"github.com/assumewhy/assumewhy/pkg/evidence"
	"github.com/assumewhy/assumewhy/pkg/reconstruct"
	"github.com/assumewhy/assumewhy/pkg/report"
	"github.com/assumewhy/assumewhy/pkg/request"
	"github.com/assumewhy/assumewhy/pkg/scope"
	"github.com/assumewhy/assumewhy/pkg/trail"
)

// hidden is the law for less knowledge.
func hidden(before, after *report.Report) string {
	if after.Verdict == "allowed_now" && before.Verdict != "allowed_now" {
		return "allowed by ignorance"
	}
	return provedByIgnorance(graded(before), graded(after))
}

// worse is the law for policies that allow less.
func worse(before, after *report.Report) string {
	if after.Verdict == "allowed_now" && before.Verdict != "allowed_now" {
		return "allowed by a Deny"
	}
	return ""
}

func summary(r *report.Report) []string {
	lines := []string{r.Verdict}
	for _, c := range r.Causes {
		lines = append(lines, c.Code+" "+c.Certainty)
	}
	return lines
}

// hideKeys makes one condition key after the other unknown, in the question
// itself, and holds the law for less knowledge, where it is the key's turn.
func hideKeys(t *testing.T, p parts, e *estate.Estate, turn func() bool) {
	t.Helper()
	for name, data := range p {
		if !strings.HasPrefix(name, "event") {
			continue
		}
		for rec, err := range trail.Decode(bytes.NewReader(data), name) {
			if err != nil || rec.Class == trail.NotOurs {
				continue
			}
			subject := reconstruct.SubjectOf(rec)
			whole := reconstruct.Request(subject, e, nil)
			before := diagnosis(subject, whole, e)
			keys, families := values(whole.Keys.All()), values(whole.Keys.Families())
			for i := range keys {
				if keys[i].State == request.KeyUnknown || !turn() {
					continue
				}
				less := slices.Clone(keys)
				less[i] = request.Key{Name: keys[i].Name, State: request.KeyUnknown, Multi: keys[i].Multi, Origin: keys[i].Origin}
				r := *whole
				r.Keys = request.NewKeys(less, families, whole.Keys.Rest())
				after := diagnosis(subject, &r, e)
				if fault := ignorant(before, after); fault != "" {
					t.Errorf("%s unknown: %s", keys[i].Name, fault)
				}
			}
		}
	}
}

func diagnosis(s reconstruct.Subject, r *request.Request, e *estate.Estate) *diagnose.Diagnosis {
	return diagnose.Diagnose(diagnose.Input{Subject: s, Request: r, Estate: e, Policies: scope.Policies(e, r)})
}

func ignorant(before, after *diagnose.Diagnosis) string {
	if after.Verdict == diagnose.AllowedNow && before.Verdict != diagnose.AllowedNow {
		return "allowed by ignorance"
	}
	of := func(d *diagnose.Diagnosis) []grade {
		var all []grade
		for _, c := range d.Causes {
			all = append(all, grade{string(c.Code), string(c.Layer), c.Certainty == evidence.Proved})
		}
		return all
	}
	return provedByIgnorance(of(before), of(after))
}

// grade is of a cause what the law for less knowledge looks at.
type grade struct {
	code, layer string
	proved      bool
}

func graded(r *report.Report) []grade {
	var all []grade
	for _, c := range r.Causes {
		all = append(all, grade{c.Code, c.Layer, c.Certainty == "proved"})
	}
	return all
}

// provedByIgnorance finds a cause that is proved where less is known and was
// not before. A cause may come that was not listed, since another statement may
// now be the nearest, but only in a layer that was proved to deny.
func provedByIgnorance(before, after []grade) string {
	for _, c := range after {
		listed := slices.ContainsFunc(before, func(b grade) bool { return b.code == c.code })
		if c.proved && !slices.ContainsFunc(before, func(b grade) bool {
			return b.proved && (b.code == c.code || !listed && b.layer == c.layer)
		}) {
			return c.code + " is proved by ignorance"
		}
	}
	return ""
}

func values(keys []*request.Key) []request.Key {
	var out []request.Key
	for _, k := range keys {
		out = append(out, *k)
	}
	return out
}
