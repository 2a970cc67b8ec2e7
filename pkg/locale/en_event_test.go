package locale

import (
	"strings"
	"testing"
)

// TestEventSettle: the command finds the record, and nothing of the event can
// end it and begin another.
func TestEventSettle(t *testing.T) {
	dev := Account{ID: "111122223333", Name: "dev"}
	tests := map[string]struct {
		gap  Gap
		want string
	}{
		"user":    {Gap{Call: Call{Caller: Principal{Kind: "user", Name: "bob", Account: dev}}}, ": aws cloudtrail lookup-events --region REGION --lookup-attributes AttributeKey=Username,AttributeValue=bob (in dev (111122223333); REGION"},
		"hostile": {Gap{Call: Call{Caller: Principal{Kind: "user", Name: "bob; rm -rf ~"}, API: "AssumeRole"}}, "AttributeKey=EventName,AttributeValue=AssumeRole (in "},
		"token":   {Gap{Call: Call{Caller: Principal{Kind: "oidc"}, API: "AssumeRoleWithWebIdentity"}}, "(in the role's account; "},
		"request": {Gap{Subject: "5d7e0f3a"}, "record (request 5d7e0f3a): aws "},
	}
	for name, tt := range tests {
		if got := eng.eventSettle(&tt.gap); !strings.Contains(got, tt.want) || strings.Contains(got, "rm -rf") {
			t.Errorf("%s: %s", name, got)
		}
	}
}
