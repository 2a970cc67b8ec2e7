package reconstruct_test

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/assumewhy/assumewhy/pkg/estate"
	"github.com/assumewhy/assumewhy/pkg/evidence"
	"github.com/assumewhy/assumewhy/pkg/reconstruct"
	"github.com/assumewhy/assumewhy/pkg/request"
	"github.com/assumewhy/assumewhy/pkg/trail"
)

// TestComplete: whoever calls, every key of AWS's pages is answered with an
// origin, in AWS's spelling, and twice the same.
func TestComplete(t *testing.T) {
	who := []string{"simulate " + asUser, "simulate " + asSession, "simulate " + provider, "simulate ec2.amazonaws.com", "text User: " + asUser + message, "text Not authorized to perform sts:AssumeRole"}
	for caller := range callers {
		who = append(who, caller)
	}
	for _, caller := range who {
		r := ask(t, caller, nil, whole(t))
		rest := r.Keys.Rest()
		for _, spec := range request.Catalogue() {
			k := r.Keys.Get(strings.ToLower(spec.Name) + map[bool]string{true: "x", false: ""}[spec.Family])
			if federationOnly := strings.HasPrefix(spec.Name, "saml:"); k.Origin == rest.Origin && !federationOnly {
				t.Errorf("%s: %s is not answered", caller, spec.Name)
			}
		}
		check(t, caller, r)
		if diff := cmp.Diff(r.Keys.All(), ask(t, caller, nil, whole(t)).Keys.All()); diff != "" {
			t.Errorf("%s: twice not the same\n%s", caller, diff)
		}
	}
}

// check is what holds of every request.
func check(t *testing.T, name string, r *request.Request) {
	t.Helper()
	if len(r.Actions) == 0 || r.Actions[0].Applies != evidence.True {
		t.Errorf("%s: actions %+v", name, r.Actions)
	}
	for _, k := range slices.Concat(r.Keys.All(), r.Keys.Families()) {
		switch {
		case k.Name != request.Canonical(k.Name), k.Origin == evidence.Origin{}:
			t.Errorf("%s: %+v", name, k)
		case k.State == request.KeyPresent && len(k.Values) == 0, k.State == request.KeyAbsent && len(k.Values) > 0:
			t.Errorf("%s: %s is %s with values %q", name, k.Name, k.State, k.Values)
		case (k.State == request.KeyPresent || k.State == request.KeyAbsent) && k.Bounds != nil:
			t.Errorf("%s: %s is known, and bounded: %+v", name, k.Name, *k.Bounds)
		case k.Usually == request.KeyPresent && len(k.Values) == 0:
			t.Errorf("%s: %s is usually there, with what?", name, k.Name)
		}
	}
}

// FuzzRequest: whatever a record says, its request holds together, and what is
// no role is never taken for one.
func FuzzRequest(f *testing.F) {
	for caller, identity := range callers {
		name := apis[caller]
		if name == "" {
			name = "AssumeRole"
		}
		f.Add(`{"eventVersion":"1.11","eventSource":"sts.amazonaws.com","eventName":"`+name+`","errorCode":"AccessDenied","errorMessage":"User: x`+message+`","userIdentity":`+identity+`}`, "aws:TagKeys", "a")
	}
	f.Add(`User: `+asUser+message, "sts:ExternalId", "")
	e := world(tree(ours, theirs), "")
	f.Fuzz(func(t *testing.T, text, key, value string) {
		known := []reconstruct.Known{{Key: key}}
		if value != "" {
			known[0].Values = []string{value}
		}
		for rec, err := range trail.Decode(bytes.NewReader([]byte(text)), "fuzz") {
			if err != nil {
				continue
			}
			for _, e := range []*estate.Estate{e, nothing()} {
				s := reconstruct.SubjectOf(rec)
				r := reconstruct.Request(s, e, known)
				check(t, "fuzz", r)
				if s.Role.IsRole && (s.RoleRaw != "" || strings.ContainsAny(s.Role.Name, " \n\t/<") || len(s.Role.Account) != 12) {
					t.Errorf("%q is a role", s.Role.ARN)
				}
			}
		}
	})
}
