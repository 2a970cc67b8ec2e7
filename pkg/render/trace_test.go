package render

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/assumewhy/assumewhy/pkg/report"
)

func TestTrace(t *testing.T) {
	layers := []report.TraceLayer{
		{Layer: "scp", Level: 2, Needed: "exempt", Deny: "false", Allow: "true"},
		{Layer: "rcp", Level: 2, Target: "ou-1", Needed: "yes", Deny: "unknown", Allow: "true"},
		{Layer: "identity", Needed: "no", Deny: "false", Allow: "false"},
		{Layer: "trust", Needed: "yes", Deny: "false", Allow: "false", Statements: []report.TraceStatement{
			{Policy: report.Policy{Kind: "trust", Name: "trust"}, Effect: "Allow", Match: "true"},
			{Effect: "Allow", Match: "false", Principal: "false", Action: "true", Condition: "unknown", Wanted: []string{"arn:carol"}},
			{Effect: "Allow", Match: "unknown", Principal: "true", Action: "unknown", Condition: "unknown", Wanted: []string{"sts:*"}},
			{
				Policy: report.Policy{Name: "p"}, Statement: report.Statement{Sid: "S"}, Effect: "Deny",
				Match: "false", Principal: "true", Action: "true", Resource: "unknown", Condition: "false",
				Conditions: []report.TraceCondition{{
					Condition: report.Condition{Operator: "Bool", Key: "k", Wanted: []string{"true"}, GotState: "absent"}, Result: "false", Note: "why",
				}},
			},
		}},
	}
	r := &report.Report{
		Caller:  report.Caller{ARN: "arn:bob"},
		Actions: []report.Action{{Name: "sts:AssumeRole", Applies: "true"}, {Name: "sts:TagSession", Applies: "unknown"}},
		Trace: &report.Trace{Decision: "ImplicitlyDenied", Best: "Undetermined", Worst: "ExplicitlyDenied", Actions: []report.TraceAction{
			{Action: "sts:AssumeRole", Decision: "ImplicitlyDenied", Layers: layers},
			{Action: "sts:TagSession", Decision: "Allowed", Layers: []report.TraceLayer{{Layer: "identity", Needed: "yes", Deny: "unknown", Allow: "unknown"}, layers[3]}},
		}},
	}
	statements := []Item{
		{Text: "Allow, statement 1", Note: "matches"},
		{Text: "Allow, statement 1", Note: "does not match: principal", Facts: []Fact{
			{Label: "wanted", Values: values("arn:carol"), More: "and %d more"}, {Label: "got", Values: values("arn:bob"), More: "and %d more"},
		}},
		{Text: "Allow, statement 1", Note: "may match: action", Facts: []Fact{
			{Label: "wanted", Values: values("sts:*"), More: "and %d more"}, {Label: "got", Values: values("sts:AssumeRole"), More: "and %d more"},
		}},
		{
			Text: "Deny p, statement S", Note: "does not match: conditions",
			Items: []Item{{Text: "Bool k", Note: "no, why", Facts: []Fact{
				{Label: "values", Values: values("true"), More: "and %d more"}, {Label: "got", Values: values("absent"), More: "and %d more"},
			}}},
		},
	}
	want := Trace{Word: "TRACE", Sum: "implicit deny, at best undetermined, at worst explicit deny", Items: []Item{
		{Text: "sts:AssumeRole", Note: "implicit deny", Items: []Item{
			{Text: "SCP 2", Note: "exempt"},
			{Text: "RCP ou-1", Note: "may deny", Mark: Unclear},
			{Text: "identity", Note: "no allow, not needed"},
			{Text: "trust", Note: "no allow", Mark: Blocks, Items: statements},
		}},
		{Text: "sts:TagSession", Note: "allowed, not known to be asked for: identity not known"},
	}}
	if diff := cmp.Diff(want, namer{r, &english}.trace(r.Trace)); diff != "" {
		t.Errorf("trace (-want +got):\n%s", diff)
	}
}
