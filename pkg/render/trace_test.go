package render

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/assumewhy/assumewhy/pkg/report"
)

func TestTrace(t *testing.T) {
	layers := []report.TraceLayer{
		{Layer: "scp", Level: 2, Target: "100000000001", Needed: "exempt", Deny: "false", Allow: "true"},
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
		Caller:   report.Caller{ARN: "arn:bob"},
		Accounts: map[string]report.Account{"100000000001": {Name: "management"}},
		Layers: []report.Layer{
			{Layer: "scp", Level: 2, Target: "100000000001", Needed: "exempt", Exempt: "management_account"},
			{Layer: "rcp", Level: 2, Target: "ou-1", Name: "Workloads", Needed: "yes"},
		},
		Actions: []report.Action{{Name: "sts:AssumeRole", Applies: "true"}, {Name: "sts:TagSession", Applies: "unknown"}, {Name: "sts:SetContext", Applies: "false"}},
		Trace: &report.Trace{Decision: "ImplicitlyDenied", Best: "Undetermined", Worst: "ExplicitlyDenied", Actions: []report.TraceAction{
			{Action: "sts:AssumeRole", Decision: "ImplicitlyDenied", Layers: layers},
			{Action: "sts:TagSession", Decision: "Allowed", Layers: []report.TraceLayer{{Layer: "identity", Needed: "yes", Deny: "unknown", Allow: "unknown"}, layers[3]}},
			{Action: "sts:SetContext", Decision: "Allowed"},
		}},
	}
	statements := []Item{
		{Text: "Allow, statement 1", Note: "matches"},
		{Text: "Allow, statement 1", Note: "does not match by its principal", Facts: []Fact{
			{Label: "wanted", Values: values("arn:carol"), More: "and %d more"}, {Label: "got", Values: values("arn:bob"), More: "and %d more"},
		}},
		{Text: "Allow, statement 1", Note: "may match, depending on its action", Facts: []Fact{
			{Label: "wanted", Values: values("sts:*"), More: "and %d more"}, {Label: "got", Values: values("sts:AssumeRole"), More: "and %d more"},
		}},
		{
			Text: "Deny p, statement S", Note: "does not match by its conditions",
			Items: []Item{{Text: "Bool k", Note: "does not hold: why", Facts: []Fact{
				{Label: "values", Values: values("true"), More: "and %d more"}, {Label: "got", Values: values("absent"), More: "and %d more"},
			}}},
		},
	}
	want := Trace{Word: "TRACE", Sum: "implicitly denied: undetermined if all that is not known helps the caller, explicitly denied if none of it does", Items: []Item{
		{Text: "sts:AssumeRole", Note: "implicitly denied", Items: []Item{
			{Text: "SCP management (100000000001)", Note: "not for the management account"},
			{Text: "RCP Workloads (ou-1)", Note: "may deny", Mark: Unclear},
			{Text: "identity", Note: "no statement allows it, none is needed"},
			{Text: "trust", Note: "no statement allows it", Mark: Blocks, Items: statements},
		}},
		{Text: "sts:TagSession", Note: "asked only if session tags are passed; then allowed (identity: not known)"},
		{Text: "sts:SetContext", Note: "not part of this call"},
	}}
	if diff := cmp.Diff(want, namer{r, &english}.trace(r.Trace)); diff != "" {
		t.Errorf("trace (-want +got):\n%s", diff)
	}
}
