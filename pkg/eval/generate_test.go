package eval_test

import (
	"encoding/json"
	"fmt"
	"math/rand"

	"github.com/assumewhy/assumewhy/pkg/eval"
	"github.com/assumewhy/assumewhy/pkg/evidence"
	"github.com/assumewhy/assumewhy/pkg/policy"
	"github.com/assumewhy/assumewhy/pkg/request"
)

// world is a call and its policies as they are made up for property tests:
// small, but with every layer, operator family and kind of ignorance.
type world struct {
	caller request.Caller
	role   request.Role
	action []request.Action
	keys   []request.Key
	layers map[evidence.Layer]*madeLayer
	built  *eval.Policies // of layers, once made
}

// madeLayer is one layer: levels of documents of statements.
type madeLayer struct {
	state  eval.SetState
	levels [][][]map[string]any
}

// order is the layers as the engine goes through them.
var order = []evidence.Layer{
	evidence.VPCE, evidence.RCP, evidence.SCP, evidence.Trust,
	evidence.Identity, evidence.Boundary, evidence.Session,
}

var madeKeys = []string{"sts:ExternalId", "aws:SourceVpce", "aws:PrincipalTag/t", "aws:TagKeys"}

func pick[T any](rng *rand.Rand, of ...T) T { return of[rng.Intn(len(of))] }

// newWorld makes one up, with at most so many keys and layers that are not
// known.
func newWorld(rng *rand.Rand, unknownKeys, unknownLayers int) *world {
	account := pick(rng, "111111111111", "222222222222")
	w := &world{layers: map[evidence.Layer]*madeLayer{}}
	w.caller = request.Caller{
		Kind: request.User, Account: account, ARN: "arn:aws:iam::" + account + ":user/alice", UserName: "alice",
	}
	if rng.Intn(2) == 0 {
		w.caller = request.Caller{
			Kind: request.RoleSession, Account: account, ARN: "arn:aws:sts::" + account + ":assumed-role/App/s",
			RoleARN: "arn:aws:iam::" + account + ":role/App", RoleName: "App", SessionName: "s",
		}
	}
	w.role = request.Role{
		ARN: "arn:aws:iam::222222222222:role/a/Target", Partition: "aws", Account: "222222222222",
		Path: "/a/", Name: "Target", IsRole: true,
	}
	w.action = []request.Action{{Name: "sts:AssumeRole", Applies: evidence.True}}
	if rng.Intn(3) == 0 {
		name := pick(rng, "sts:TagSession", "sts:SetSourceIdentity")
		w.action = append(w.action, request.Action{Name: name, Applies: pick(rng, evidence.True, evidence.Unknown)})
	}
	for i, name := range madeKeys {
		k := request.Key{Name: name, Multi: name == "aws:TagKeys"}
		switch {
		case i < unknownKeys:
			k.State = pick(rng, request.KeyUnknown, request.KeyPresentAny)
		default:
			k.State = pick(rng, request.KeyPresent, request.KeyAbsent)
			k.Values = []string{pick(rng, "a", "b")}
		}
		w.keys = append(w.keys, k)
	}
	rng.Shuffle(len(w.keys), func(i, j int) { w.keys[i].State, w.keys[j].State = w.keys[j].State, w.keys[i].State })
	for i := range w.keys {
		if w.keys[i].State == request.KeyPresent && w.keys[i].Values == nil {
			w.keys[i].Values = []string{"a"}
		}
	}
	for _, l := range order {
		w.layers[l] = newLayer(rng, l, account)
	}
	for range unknownLayers {
		w.layers[pick(rng, order...)].state = eval.SetUnknown
	}
	return w
}

func newLayer(rng *rand.Rand, l evidence.Layer, account string) *madeLayer {
	out := &madeLayer{state: eval.SetApplies}
	must := l == evidence.Trust || l == evidence.Identity
	if !must && rng.Intn(2) == 0 {
		out.state = eval.SetExempt
		return out
	}
	levels := 1
	if l == evidence.SCP || l == evidence.RCP {
		levels += rng.Intn(2)
	}
	for range levels {
		docs := [][]map[string]any{}
		for range 1 + rng.Intn(2) {
			var doc []map[string]any
			for range 1 + rng.Intn(3) {
				doc = append(doc, newStatement(rng, l, account))
			}
			docs = append(docs, doc)
		}
		out.levels = append(out.levels, docs)
	}
	return out
}

func newStatement(rng *rand.Rand, l evidence.Layer, account string) map[string]any {
	s := map[string]any{"Effect": pick(rng, "Allow", "Allow", "Allow", "Allow", "Deny")}
	s[pick(rng, "Action", "Action", "Action", "NotAction")] = pick(rng, "sts:AssumeRole", "sts:*", "*", "sts:Assume*", "s3:*", "sts:TagSession")
	if l == evidence.Trust || l == evidence.RCP || l == evidence.VPCE {
		s["Principal"] = pick[any](
			rng, "*", map[string]any{"AWS": "*"}, map[string]any{"AWS": account},
			map[string]any{"AWS": "arn:aws:iam::" + account + ":user/alice"},
			map[string]any{"AWS": []string{"arn:aws:iam::" + account + ":role/App", "333333333333"}},
			map[string]any{"AWS": "arn:aws:sts::" + account + ":assumed-role/App/s"},
		)
	}
	if l != evidence.Trust {
		s[pick(rng, "Resource", "Resource", "Resource", "NotResource")] = pick(
			rng, "*", "*", "arn:aws:iam::222222222222:role/a/*", "arn:aws:iam::*:role/${aws:PrincipalTag/t}/Target", "arn:aws:s3:::x",
		)
	}
	if rng.Intn(2) == 0 {
		s["Condition"] = newCondition(rng)
	}
	return s
}

func newCondition(rng *rand.Rand) map[string]any {
	op := pick(
		rng, "StringEquals", "StringNotEquals", "StringLike", "StringEqualsIfExists", "StringNotEqualsIfExists", "Null",
		"ForAllValues:StringEquals", "ForAnyValue:StringLike", "ForAnyValue:StringEqualsIfExists", "NumericEquals", "ArnLike", "IpAddress", "StringMatches",
	)
	values := []string{pick(rng, "a", "b", "*", "${aws:PrincipalTag/t}", "${sts:ExternalId, 'a'}")}
	if op == "Null" {
		values = []string{pick(rng, "true", "false")}
	} else if rng.Intn(3) == 0 {
		values = append(values, "b")
	}
	return map[string]any{op: map[string]any{pick(rng, madeKeys...): values}}
}

// request builds the question.
func (w *world) request() *request.Request {
	return &request.Request{
		Caller: w.caller, Role: w.role, Actions: w.action,
		Keys: request.NewKeys(w.keys, nil, request.Key{State: request.KeyAbsent}),
	}
}

// policies builds the layers, anew when built was cleared.
func (w *world) policies() *eval.Policies {
	if w.built != nil {
		return w.built
	}
	p := &eval.Policies{}
	w.built = p
	for _, l := range order {
		*setOf(p, l) = w.layers[l].set(l)
	}
	return p
}

func (m *madeLayer) set(l evidence.Layer) eval.Set {
	s := eval.Set{State: m.state}
	for i, docs := range m.levels {
		level := eval.Level{Name: fmt.Sprint(i)}
		for j, doc := range docs {
			raw, err := json.Marshal(map[string]any{"Version": "2012-10-17", "Statement": doc})
			if err != nil {
				panic(err)
			}
			level.Policies = append(level.Policies, policy.New(policy.Meta{Kind: policy.Kind(l), Name: fmt.Sprintf("%s-%d-%d", l, i, j)}, raw))
		}
		s.Levels = append(s.Levels, level)
	}
	return s
}

func setOf(p *eval.Policies, l evidence.Layer) *eval.Set {
	return map[evidence.Layer]*eval.Set{
		evidence.VPCE: &p.VPCE, evidence.RCP: &p.RCP, evidence.SCP: &p.SCP, evidence.Trust: &p.Trust,
		evidence.Identity: &p.Identity, evidence.Boundary: &p.Boundary, evidence.Session: &p.Session,
	}[l]
}

// rank orders decisions from the worst for the caller to the best.
func rank(d eval.Decision) int {
	return map[eval.Decision]int{eval.ExplicitlyDenied: 0, eval.ImplicitlyDenied: 1, eval.Allowed: 2}[d]
}
