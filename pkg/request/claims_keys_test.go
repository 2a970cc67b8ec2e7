package request_test

import (
	"testing"

	"github.com/assumewhy/assumewhy/pkg/request"
)

// TestWithClaims: what is said of claims in general holds for every name of the
// form HOST:claim that nobody named, with its scheme or without, and for no
// other key.
func TestWithClaims(t *testing.T) {
	keys := request.NewKeys(
		[]request.Key{{Name: "gitlab.com:sub", State: request.KeyPresent, Values: []string{"s"}}},
		[]request.Key{{Name: "gitlab.com:", State: request.KeyPresentAny}},
		request.Key{},
	).WithClaims(request.Key{State: request.KeyAbsent})
	for name, want := range map[string]request.KeyState{
		"gitlab.com:sub":                 request.KeyPresent,
		"gitlab.com:aud":                 request.KeyPresentAny,
		"idp.example.com:aud":            request.KeyAbsent,
		"idp.example.com/path:aud":       request.KeyAbsent,
		"https://gitlab.com:sub":         request.KeyAbsent,
		"aws:principalarn":               request.KeyUnknown,
		"sts:externalid":                 request.KeyUnknown,
		"aws:requesttag/example.com:sub": request.KeyUnknown,
	} {
		if got := keys.Get(name).State; got != want {
			t.Errorf("%s is %s, want %s", name, got, want)
		}
	}
	usual := &request.Request{Keys: keys.WithClaims(request.Key{Usually: request.KeyAbsent})}
	if got := usual.WithDefaults().Keys.Get("idp.example.com:aud").State; got != request.KeyAbsent {
		t.Errorf("usually absent, and %s", got)
	}
	if got := usual.Keys.Get("idp.example.com:aud").State; got != request.KeyUnknown {
		t.Errorf("the request itself became %s", got)
	}
}
