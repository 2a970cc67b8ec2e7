package eval_test

import (
	"fmt"
	"math/rand"
	"strings"
	"testing"

	"github.com/assumewhy/assumewhy/pkg/eval"
	"github.com/assumewhy/assumewhy/pkg/evidence"
	"github.com/assumewhy/assumewhy/pkg/request"
)

func TestDecideIsExplain(t *testing.T) {
	rng := rand.New(rand.NewSource(1))
	seen := map[eval.Decision]int{}
	for i := range 3000 {
		w := newWorld(rng, rng.Intn(3), rng.Intn(2))
		r, p := w.request(), w.policies()
		want := eval.Explain(r, p)
		if got := eval.Decide(r, p); got != want.Decision {
			t.Fatalf("world %d: Decide %v, Explain %v\n%s", i, got, want.Decision, render(want))
		}
		checkTrace(t, want)
		seen[want.Decision]++
	}
	for _, d := range []eval.Decision{eval.Undetermined, eval.Allowed, eval.ImplicitlyDenied, eval.ExplicitlyDenied} {
		if seen[d] < 50 {
			t.Errorf("only %d worlds are %v: the generator does not reach them", seen[d], d)
		}
	}
}

// checkTrace holds what every trace must keep.
func checkTrace(t *testing.T, tr *eval.Trace) {
	t.Helper()
	for i := range tr.Actions {
		a := &tr.Actions[i]
		if rank(a.Worst) > rank(a.Best) {
			t.Fatalf("worst %v is better than best %v", a.Worst, a.Best)
		}
		if a.Decision != eval.Undetermined && (rank(a.Decision) < rank(a.Worst) || rank(a.Decision) > rank(a.Best)) {
			t.Fatalf("%v is not between %v and %v", a.Decision, a.Worst, a.Best)
		}
		if a.Decision == eval.Undetermined && (a.Best != eval.Allowed || a.Worst == eval.Allowed) {
			t.Fatalf("undetermined between %v and %v", a.Worst, a.Best)
		}
		if (a.Decision == eval.Allowed) != (a.Layer == "") {
			t.Fatalf("%v names the layer %q\n%s", a.Decision, a.Layer, render(tr))
		}
		if len(a.Layers) < len(order) {
			t.Fatalf("only %d layers", len(a.Layers))
		}
	}
}

func TestDenyNeverHelps(t *testing.T) {
	rng := rand.New(rand.NewSource(2))
	for i := range 1000 {
		w := newWorld(rng, 1, rng.Intn(2))
		r := w.request()
		before := eval.Explain(r, w.policies())
		m := w.layers[pick(rng, order...)]
		if len(m.levels) == 0 {
			continue
		}
		deny := newStatement(rng, pick(rng, order...), w.caller.Account)
		deny["Effect"] = "Deny"
		level := pick(rng, m.levels...)
		level[0] = append(level[0], deny)
		w.built = nil
		after := eval.Explain(r, w.policies())
		for j := range after.Actions {
			a, b := &after.Actions[j], &before.Actions[j]
			if rank(a.Best) > rank(b.Best) || rank(a.Worst) > rank(b.Worst) {
				t.Fatalf("world %d: a Deny turned %v..%v into %v..%v\n%s", i, b.Worst, b.Best, a.Worst, a.Best, render(after))
			}
		}
		if after.Decision == eval.Allowed && before.Decision != eval.Allowed {
			t.Fatalf("world %d: a Deny made %v allowed", i, before.Decision)
		}
	}
}

func TestStatementOrderIsIrrelevant(t *testing.T) {
	rng := rand.New(rand.NewSource(3))
	for i := range 1000 {
		w := newWorld(rng, 2, rng.Intn(2))
		r := w.request()
		want := eval.Explain(r, w.policies())
		for _, l := range order {
			for _, docs := range w.layers[l].levels {
				rng.Shuffle(len(docs), func(i, j int) { docs[i], docs[j] = docs[j], docs[i] })
				for _, doc := range docs {
					rng.Shuffle(len(doc), func(i, j int) { doc[i], doc[j] = doc[j], doc[i] })
				}
			}
		}
		w.built = nil
		got := eval.Explain(r, w.policies())
		if got.Decision != want.Decision || got.Best != want.Best || got.Worst != want.Worst || got.Actions[0].Layer != want.Actions[0].Layer {
			t.Fatalf("world %d: %v became %v", i, want.Decision, got.Decision)
		}
	}
}

// Whatever the unknowns turn out to be, the decision lies between Worst and
// Best; and where it is certain it stays allowed, or stays denied.
func TestBoundsHoldForEveryCompletion(t *testing.T) {
	rng := rand.New(rand.NewSource(4))
	checked := 0
	for i := range 60 {
		w := newWorld(rng, 2, rng.Intn(3))
		before := eval.Explain(w.request(), w.policies())
		completions(w, func(c *world) {
			checked++
			after := eval.Explain(c.request(), c.policies())
			for j := range after.Actions {
				a, b := &after.Actions[j], &before.Actions[j]
				if rank(a.Best) > rank(b.Best) || rank(a.Worst) < rank(b.Worst) {
					t.Fatalf("world %d: %v..%v became %v..%v\n%s\n%s", i, b.Worst, b.Best, a.Worst, a.Best, render(before), render(after))
				}
			}
			if before.Decision == eval.Allowed && after.Decision != eval.Allowed {
				t.Fatalf("world %d: allowed became %v", i, after.Decision)
			}
			if before.Best != eval.Allowed && after.Best == eval.Allowed {
				t.Fatalf("world %d: denied became allowed", i)
			}
			if before.Worst == eval.Allowed && after.Worst != eval.Allowed {
				t.Fatalf("world %d: allowed became denied", i)
			}
		})
	}
	if checked < 2000 {
		t.Errorf("only %d completions", checked)
	}
}

// completions calls f with every way to resolve what is unknown: keys absent
// or with each of a few values, layers empty, allowing or denying all.
func completions(w *world, f func(*world)) {
	for _, l := range order {
		if w.layers[l].state != eval.SetUnknown {
			continue
		}
		for _, made := range completedLayers(l) {
			c := *w
			c.layers = map[evidence.Layer]*madeLayer{}
			for k, v := range w.layers {
				c.layers[k] = v
			}
			made.levels = append(made.levels[:len(made.levels):len(made.levels)], w.layers[l].levels...)
			c.layers[l], c.built = made, nil
			completions(&c, f)
		}
		return
	}
	for i, k := range w.keys {
		if k.State != request.KeyUnknown && k.State != request.KeyPresentAny {
			continue
		}
		choices := [][]string{{"a"}, {"b"}, {"other"}, {"10"}}
		if k.Multi {
			choices = append(choices, []string{"a", "b"}, []string{"a", "other"})
		}
		if k.State == request.KeyUnknown {
			choices = append(choices, nil)
		}
		for _, values := range choices {
			c := *w
			c.keys = append([]request.Key(nil), w.keys...)
			c.keys[i].State, c.keys[i].Values = request.KeyPresent, values
			if values == nil {
				c.keys[i].State = request.KeyAbsent
			}
			completions(&c, f)
		}
		return
	}
	f(w)
}

// completedLayers are what a layer that could not be read may hold beside what
// is known of it: nothing, an Allow of everything, a Deny of everything.
func completedLayers(l evidence.Layer) []*madeLayer {
	var out []*madeLayer
	for _, effect := range []string{"", "Allow", "Deny"} {
		doc := []map[string]any{}
		if effect != "" {
			s := map[string]any{"Effect": effect, "Action": "*"}
			if l == evidence.Trust || l == evidence.RCP || l == evidence.VPCE {
				s["Principal"] = "*"
			}
			if l != evidence.Trust {
				s["Resource"] = "*"
			}
			doc = append(doc, s)
		}
		out = append(out, &madeLayer{state: eval.SetApplies, levels: [][][]map[string]any{{doc}}})
	}
	return out
}

func TestThousandShufflesOneOutput(t *testing.T) {
	rng := rand.New(rand.NewSource(5))
	w := newWorld(rng, 2, 1)
	p := w.policies()
	want := render(eval.Explain(w.request(), p))
	if strings.Count(want, "\n") < 10 {
		t.Fatalf("a trace of next to nothing:\n%s", want)
	}
	for range 1000 {
		rng.Shuffle(len(w.keys), func(i, j int) { w.keys[i], w.keys[j] = w.keys[j], w.keys[i] })
		if got := render(eval.Explain(w.request(), p)); got != want {
			t.Fatalf("got\n%s\nwant\n%s", got, want)
		}
	}
}

// render is the whole trace as text.
func render(tr *eval.Trace) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%v %v %v %q\n", tr.Decision, tr.Best, tr.Worst, tr.HardRule)
	for i := range tr.Actions {
		a := &tr.Actions[i]
		fmt.Fprintf(&b, "%s %v: %v %v %v at %q, deny %v allow %v grants %v\n", a.Action.Name, a.Action.Applies, a.Decision, a.Best, a.Worst, a.Layer, a.Deny, a.Allow, a.Grants)
		for j := range a.Layers {
			l := &a.Layers[j]
			fmt.Fprintf(&b, "  %s/%d needed %d %s: deny %v allow %v missing %v\n", l.Layer, l.Index, l.Needed, l.Why, l.Deny, l.Allow, l.Missing)
			for k := range l.Statements {
				s := &l.Statements[k]
				fmt.Fprintf(&b, "    %s#%d %v: principal %v action %v resource %v condition %v grant %d\n", s.Policy.Name, s.Statement.Index, s.Match, s.Principal, s.Action, s.Resource, s.Condition, s.Grant)
				for m := range s.Conditions {
					c := &s.Conditions[m]
					fmt.Fprintf(&b, "      %s %s %v %v %q\n", c.Condition.Operator, c.Key.Name, c.State, c.Result, c.Note)
				}
			}
		}
	}
	return b.String()
}
