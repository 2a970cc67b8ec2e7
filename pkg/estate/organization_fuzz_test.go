package estate

import (
	"strings"
	"testing"

	"github.com/assumewhy/assumewhy/pkg/policy"
)

// FuzzOrganization: any file is read to an end, and an account's levels and
// path are one way of telling the same: from the root down to the account.
func FuzzOrganization(f *testing.F) {
	for _, s := range []string{
		orgText, `{}`, `[]`, orgText[:400],
		replace(orgText, `"ParentId":"r-ab12"`, `"ParentId":"ou-ab12-prod"`),
		replace(orgText, `"Roots":[`, `"Roots":[{"Id":"ou-ab12-work"},`),
		replace(orgText, `"r-ab12"`, `"111122223333"`),
		replace(orgText, `"Id":"ou-ab12-work"`, `"Id":""`),
	} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		e := New(Parts{Organization: File{Name: "organization.json", Found: true, Data: data}})
		o, ok := e.Organization().Get()
		if !ok {
			if len(e.Findings()) != 1 || len(e.Gaps()) != 1 {
				t.Errorf("not read, with %d findings and %d gaps", len(e.Findings()), len(e.Gaps()))
			}
			return
		}
		ids := append([]string{"", prod, dev, other, o.Management()}, o.order...)
		for _, id := range ids[:min(len(ids), 200)] {
			checkLevels(t, o, id)
		}
	})
}

func checkLevels(t *testing.T, o *Organization, id string) {
	t.Helper()
	path, known := o.Path(id)
	for _, k := range []policy.Kind{policy.KindSCP, policy.KindRCP} {
		levels, ok := o.Levels(id, k).Get()
		if !ok {
			continue
		}
		if !o.Has(id) {
			t.Errorf("%q is outside and has levels", id)
		}
		if len(levels) == 0 || levels[len(levels)-1].Target != id {
			t.Errorf("the levels of %q do not end with it: %v", id, levels)
		}
		want := o.ID() + "/"
		for _, l := range levels[:max(len(levels)-1, 0)] {
			want += l.Target + "/"
		}
		if known && path != want {
			t.Errorf("path %q, levels %q", path, want)
		}
		if !known && o.ID() != "" {
			t.Errorf("%q has levels and no path", id)
		}
	}
	if known && strings.Count(path, "/") < 2 {
		t.Errorf("path %q", path)
	}
}
