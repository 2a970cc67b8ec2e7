package trail

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestBodies: an error that a client or a function hands on as an object is read
// as the message in it.
func TestBodies(t *testing.T) {
	denied := found{"AssumeRole", "AccessDenied", alice, deploy, Denied, ""}
	other := denied
	other.Code = "AccessDeniedException"
	bob := denied
	bob.Caller = "arn:aws:iam::111122223333:user/bob"
	for text, want := range map[string][]found{
		`{"message":"` + full + `","code":"AccessDenied"}`:            {denied},
		`{"code":"AccessDenied","message":"` + full + `."}`:           {denied},
		`{"Message":"` + full + `"}`:                                  {denied},
		`{"__type":"AccessDeniedException","message":"` + full + `"}`: {other},
		`{"errorMessage":"An error occurred (AccessDenied) when calling the AssumeRole operation: ` + full + `","errorType":"ClientError"}`:      {denied},
		`{"Error":{"Code":"AccessDenied","Message":"` + full + `"},"ResponseMetadata":{}}`:                                                       {denied},
		`{"error":{"code":"AccessDenied","message":"` + full + `"}}`:                                                                             {denied},
		`{"message":"` + full + ". " + strings.Replace(full, "alice", "bob", 1) + `"}`:                                                           {denied, bob},
		`{'Error': {'Message': '` + full + `', 'Code': 'AccessDenied'}}`:                                                                         {denied},
		"{\n 'Error': {'Message': '" + full + "', 'Code': 'AccessDenied'}}\n" + `{"message":"` + strings.Replace(full, "alice", "bob", 1) + `"}`: {denied, bob},
		`{"message":"Rate exceeded","code":"Throttling"}`:                                                                                        {{Call: "AssumeRole", Code: "Throttling", Class: Failed}},
		`[{"message":"` + full + `"}]`: {denied},
	} {
		if d := cmp.Diff(want, pastedIn(t, text)); d != "" {
			t.Errorf("%s\n%s", text, d)
		}
	}
	for _, text := range []string{`{"message":"all is well"}`, `{"Error":{"Code":"AccessDenied"}}`, `{"message":7,"code":{}}`, `{}`, `{'a':1}`} {
		for r, err := range Decode(strings.NewReader(text), "x") {
			if err == nil {
				t.Errorf("%s: %+v", text, r)
			}
		}
	}
}

// TestEmptyList: a list with nothing in it hides nothing that stands beside it.
func TestEmptyList(t *testing.T) {
	rec := switched(failedWith + `"eventID":"a"`)
	for text, want := range map[string]int{
		`{"Records":[],"detail":` + rec + `}`:                     1,
		`{"detail":` + rec + `,"Records":[ ]}`:                    1,
		`{"Records":[],"Events":[` + rec + `]}`:                   1,
		`{"Records":[]}`:                                          0,
		`{"Events":[],"Records":[],"logEvents":[],"detail":null}`: 0,
		`{"detail":{"Records":[],"detail":` + rec + `}}`:          1,
		`{"detail":{"Records":[]}}`:                               0,
		`{"Records":[],"eventSource":"sts.amazonaws.com","eventName":"AssumeRole","errorCode":"AccessDenied"}`: 1,
	} {
		n := 0
		for r, err := range Decode(strings.NewReader(text), "x") {
			if n++; err != nil || r.Class != Denied {
				t.Errorf("%s: %v", text, err)
			}
		}
		if n != want {
			t.Errorf("%s: %d", text, n)
		}
	}
}
