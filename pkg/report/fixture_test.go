package report

import (
	"strings"
	"testing"
	"time"

	"github.com/assumewhy/assumewhy/pkg/diagnose"
	"github.com/assumewhy/assumewhy/pkg/eval"
	"github.com/assumewhy/assumewhy/pkg/evidence"
	"github.com/assumewhy/assumewhy/pkg/policy"
	"github.com/assumewhy/assumewhy/pkg/reconstruct"
	"github.com/assumewhy/assumewhy/pkg/request"
	"github.com/assumewhy/assumewhy/pkg/trail"
)

const (
	bobARN      = "arn:aws:iam::210000000029:user/bob"
	deployerARN = "arn:aws:iam::320000000031:role/Deployer"
	at          = "2026-10-14T09:26:53Z"
)

// trustText trusts carol, who has to send an ExternalId.
const trustText = `{"Version":"2012-10-17","Statement":[{"Sid":"OnlyCarol","Effect":"Allow",
"Principal":{"AWS":"arn:aws:iam::210000000029:user/carol"},"Action":"sts:AssumeRole",
"Condition":{"StringEquals":{"sts:ExternalId":"SECRET"}}}]}`

func trustOf(text string) *policy.Policy {
	return policy.New(policy.Meta{Kind: policy.KindTrust, Name: "Deployer", AttachedTo: deployerARN, Account: "320000000031"}, []byte(text))
}

// input is the call of bob, who is not trusted and sent no ExternalId, with a
// trust policy whose ExternalId is secret.
func input(t testing.TB, secret string) Input {
	t.Helper()
	when, err := time.Parse(time.RFC3339, at)
	if err != nil {
		t.Fatal(err)
	}
	trust := trustOf(strings.ReplaceAll(trustText, `"SECRET"`, quoted(secret)))
	var s *policy.Statement
	if doc := trust.Document(); len(doc.Statements) > 0 {
		s = &doc.Statements[0]
	}
	caller := request.Caller{
		Kind: request.User, ARN: bobARN, Account: "210000000029", UserName: "bob",
		PrincipalID: "AIDAEXAMPLEBOB", UniqueID: "AIDAEXAMPLEBOB",
	}
	role := request.Role{ARN: deployerARN, Partition: "aws", Account: "320000000031", Path: "/", Name: "Deployer", IsRole: true}
	req := &request.Request{
		Caller: caller, Role: role, Time: when,
		Actions: []request.Action{
			{Name: "sts:AssumeRole", Applies: evidence.True, Named: true},
			{Name: "sts:TagSession", Applies: evidence.Unknown},
		},
		Keys: request.NewKeys([]request.Key{{Name: "sts:ExternalId", State: request.KeyUnknown}}, nil, request.Key{}),
	}
	rec := &trail.Record{
		ID: "11111111-2222-3333-4444-555555555555", Time: when, Name: "AssumeRole", Region: "eu-west-1",
		SourceIP: "203.0.113.7", UserAgent: "aws-cli/2.31.0", ErrorCode: "AccessDenied", RecipientAccount: "210000000029",
		ErrorMessage: "User: " + bobARN + " is not authorized to perform: sts:AssumeRole on resource: " + deployerARN,
		Identity:     trail.Identity{Type: "IAMUser", ARN: bobARN, Account: "210000000029", UserName: "bob", AccessKeyID: "AKIAEXAMPLEEXAMPLE00"},
	}
	in := Input{
		Subject: reconstruct.Subject{Record: rec, Caller: caller, Role: role}, Request: req, Version: "test",
	}
	in.Diagnosis = diagnosis(trust, s, req, secret)
	return in
}

// quoted is a JSON string, or the text itself where it is JSON of another kind.
func quoted(secret string) string {
	if strings.HasPrefix(secret, "[") || strings.HasPrefix(secret, "{") {
		return secret
	}
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\n", `\n`).Replace(secret) + `"`
}

func diagnosis(trust *policy.Policy, s *policy.Statement, req *request.Request, secret string) *diagnose.Diagnosis {
	layer := eval.LayerTrace{
		Layer: evidence.Trust, Set: &eval.Set{State: eval.SetApplies}, Deny: evidence.False, Allow: evidence.False, Missing: evidence.True,
		Level: &eval.Level{Target: deployerARN, Account: "320000000031", Policies: []*policy.Policy{trust}},
	}
	no := diagnose.Cause{
		Code: diagnose.TrustNoPrincipal, Certainty: evidence.Proved, Primary: true,
		Layer: evidence.Trust, Account: "320000000031", Owner: diagnose.OwnerRoleAccount, Action: "sts:AssumeRole",
		Policy: trust, Statement: s,
		Detail:  diagnose.Detail{Kind: "other_principal", Nearest: "arn:aws:iam::210000000029:user/carol", Wanted: "arn:aws:iam::210000000029:user/carol", Got: bobARN},
		Trusted: []string{"arn:aws:iam::210000000029:user/carol"},
		Evidence: []diagnose.Fact{
			{Origin: evidence.Origin{Kind: evidence.FromEstate, Ref: "trust"}, Text: "carol alone"},
		},
	}
	id := diagnose.Cause{
		Code: diagnose.TrustExternalIDMissing, Certainty: evidence.Likely, Grade: diagnose.ByDefault,
		Layer: evidence.Trust, Account: "320000000031", Owner: diagnose.OwnerRoleAccount, Action: "sts:AssumeRole",
		Policy: trust, Statement: s,
		Condition: &diagnose.Condition{Operator: "StringEquals", Key: "sts:ExternalId", Wanted: []string{secret}, State: request.KeyUnknown, Secret: true},
	}
	if s != nil {
		no.Marks = []policy.Span{s.PrincSpan}
		layer.Statements = []eval.StatementTrace{{Policy: trust, Statement: s, Match: evidence.False, Principal: evidence.False, Action: evidence.True, Resource: evidence.True}}
		for i := range s.Conditions {
			id.Marks = append(id.Marks, s.Conditions[i].Span)
			layer.Statements[0].Conditions = append(layer.Statements[0].Conditions, eval.ConditionTrace{Condition: &s.Conditions[i], Key: req.Keys.Get("sts:externalid")})
		}
	}
	exempt := eval.LayerTrace{Layer: evidence.Boundary, Needed: eval.NeededExempt, Set: &eval.Set{State: eval.SetExempt, Why: eval.NoBoundary}, Allow: evidence.True, Deny: evidence.False}
	scp := eval.LayerTrace{Layer: evidence.SCP, Index: 1, Level: &eval.Level{Target: "ou-ab12-11111111", Name: "Workloads", Account: "100000000001"}, Deny: evidence.Unknown, Allow: evidence.True}
	p := &eval.Policies{}
	p.Trust.Levels = []eval.Level{*layer.Level}
	return &diagnose.Diagnosis{
		Verdict: diagnose.Denied, Causes: []diagnose.Cause{no, id}, RoleState: evidence.Present, Agreement: diagnose.Silent,
		Gaps: []diagnose.Gap{{
			Gap:     evidence.Gap{Code: "history", Permission: "cloudtrail:LookupEvents", Why: evidence.NotRead},
			Affects: []evidence.Layer{evidence.Trust},
		}},
		Trace: &eval.Trace{
			Request: req, Policies: p, Decision: eval.ImplicitlyDenied, Best: eval.ImplicitlyDenied, Worst: eval.ImplicitlyDenied,
			Actions: []eval.ActionTrace{
				{Action: &req.Actions[0], Decision: eval.ImplicitlyDenied, Layers: []eval.LayerTrace{layer, scp, exempt}},
				{Action: &req.Actions[1], Layers: []eval.LayerTrace{layer}},
			},
		},
	}
}
