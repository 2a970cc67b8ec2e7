package eval

import (
	"testing"

	"github.com/assumewhy/assumewhy/pkg/evidence"
	"github.com/assumewhy/assumewhy/pkg/policy"
	"github.com/assumewhy/assumewhy/pkg/request"
)

// FuzzCondition holds three-valued logic to its promise: an answer that is
// certain while something is unknown stays when it becomes known.
func FuzzCondition(f *testing.F) {
	f.Add("StringEquals", "a", "b*", "a", "${v}", false)
	f.Add("StringNotLike", "x-${v}", "", "x-1", "1", false)
	f.Add("ForAllValues:StringNotEqualsIfExists", "${v, 'd'}", "d", "d", "", true)
	f.Add("ForAnyValue:ArnLike", "arn:aws:iam::${v}:role/*", "*", "arn:aws:iam::1:role/x", "1", true)
	f.Add("NumericNotEquals", "1", "x", "2", "3", false)
	f.Add("DateLessThanIfExists", "2020-01-01", "1577836800", "2019", "", false)
	f.Add("NotIpAddress", "203.0.113.0/24", "::1", "203.0.113.9", "", false)
	f.Add("Bool", "${v}", "true", "false", "true", false)
	f.Add("Null", "true", "false", "x", "", false)
	f.Add("BinaryEquals", "QUJD", "!", "QUJD", "", false)
	f.Add("StringEqualsIgnoreCase", "${k}", "K", "k", "k", false)
	f.Fuzz(func(t *testing.T, operator, want, second, got, variable string, multi bool) {
		c := compileCondition(&policy.Condition{
			Operator: operator, Key: "k", Values: []policy.Item{{Text: want}, {Text: second}},
		}, true)
		states := func(value string) []request.Key {
			return []request.Key{
				{State: request.KeyUnknown},
				{State: request.KeyPresentAny},
				{State: request.KeyAbsent},
				{State: request.KeyPresent, Values: []string{value}},
				{State: request.KeyPresent, Values: []string{value, value + "x"}},
			}
		}
		result := func(k, v request.Key) evidence.Tri {
			k.Name, v.Name, k.Multi = "k", "v", multi
			r := &request.Request{Keys: request.NewKeys([]request.Key{k, v}, nil, request.Key{State: request.KeyAbsent})}
			e := forAction(r, "sts:AssumeRole")
			key := r.Keys.Get("k")
			return e.condition(&c, key, key.State)
		}
		ks, vs := states(got), states(variable)
		var table [5][5]evidence.Tri
		for i := range ks {
			for j := range vs {
				table[i][j] = result(ks[i], vs[j])
			}
		}
		for n := range 5 * 5 * 5 * 5 { // each pair of cells
			i, j, ki, vi := n%5, n/5%5, n/25%5, n/125
			before, after := table[ki][vi], table[i][j]
			if before != evidence.Unknown && after == before.Not() && refines(&ks[ki], &ks[i], multi) && refines(&vs[vi], &vs[j], false) {
				t.Errorf("%s [%q %q]: key %v, variable %v gives %v; key %v %q, variable %v %q gives %v",
					operator, want, second, ks[ki].State, vs[vi].State, before,
					ks[i].State, ks[i].Values, vs[j].State, vs[j].Values, after)
			}
		}
	})
}

// refines says whether b is something that a may turn out to be. That a key is
// there means that it has a value, and not an empty one; a key that is not
// multivalued has one.
func refines(a, b *request.Key, multi bool) bool {
	if len(b.Values) > 1 && !multi {
		return a == b
	}
	switch a.State {
	case request.KeyUnknown:
		return b.State != request.KeyPresent || b.Values[0] != "" || len(b.Values) > 1
	case request.KeyPresentAny:
		return b.State == request.KeyPresentAny || b.State == request.KeyPresent && (b.Values[0] != "" || len(b.Values) > 1)
	default:
		return a == b
	}
}
