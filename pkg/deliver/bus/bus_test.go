package bus

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/credentials"
	"github.com/aws/aws-sdk-go-v2/service/eventbridge"
	"github.com/aws/aws-sdk-go-v2/service/eventbridge/types"
	"github.com/aws/aws-sdk-go-v2/service/sqs"
	"github.com/aws/smithy-go"

	"github.com/assumewhy/assumewhy/internal/awsproxy"
	"github.com/assumewhy/assumewhy/pkg/deliver"
	"github.com/assumewhy/assumewhy/pkg/deliver/signed"
	"github.com/assumewhy/assumewhy/pkg/report"
)

func message() *deliver.Message {
	return &deliver.Message{Kind: deliver.Alert, Report: &report.Report{
		Schema: report.Schema, Verdict: "denied", Incident: "7f3a91c2d4e5f607", Role: report.Role{ARN: "arn:aws:iam::444455556666:role/Deployer"},
		Causes: []report.Cause{{Code: "trust.no_principal", Certainty: "proved", Primary: true}},
	}}
}

// TestBus: a rule on the detail finds the finding.
func TestBus(t *testing.T) {
	moto := awsproxy.Start(t)
	keys := credentials.NewStaticCredentialsProvider("x", "x", "")
	events := eventbridge.New(eventbridge.Options{Region: "eu-west-1", BaseEndpoint: &moto.URL, Credentials: keys})
	queues := sqs.New(sqs.Options{Region: "eu-west-1", BaseEndpoint: &moto.URL, Credentials: keys})
	ctx := t.Context()
	q, err := queues.CreateQueue(ctx, &sqs.CreateQueueInput{QueueName: aws.String("findings")})
	if err != nil {
		t.Fatal(err)
	}
	_, err = events.CreateEventBus(ctx, &eventbridge.CreateEventBusInput{Name: aws.String("out")})
	if err != nil {
		t.Fatal(err)
	}
	_, err = events.PutRule(ctx, &eventbridge.PutRuleInput{
		Name: aws.String("r"), EventBusName: aws.String("out"),
		EventPattern: aws.String(`{"source":["assumewhy"],"detail-type":["assumewhy finding"],"detail":{"kind":["alert"],"severity":["medium"]}}`),
	})
	if err != nil {
		t.Fatal(err)
	}
	_, err = events.PutTargets(ctx, &eventbridge.PutTargetsInput{
		Rule: aws.String("r"), EventBusName: aws.String("out"),
		Targets: []types.Target{{Id: aws.String("q"), Arn: aws.String("arn:aws:sqs:eu-west-1:123456789012:findings")}},
	})
	if err != nil {
		t.Fatal(err)
	}
	api := &signed.Client{Region: "eu-west-1", Endpoint: moto.URL, Credentials: keys, HTTP: http.DefaultClient, Now: time.Now}
	if _, err := New(api, "out").Send(ctx, message()); err != nil {
		t.Fatal(err)
	}
	out, err := queues.ReceiveMessage(ctx, &sqs.ReceiveMessageInput{QueueUrl: q.QueueUrl})
	if err != nil || len(out.Messages) != 1 {
		t.Fatalf("%v, %v", out, err)
	}
	var envelope struct {
		Resources []string
		Detail    struct {
			Schema, Incident string
			Report           report.Report
		}
	}
	if err := json.Unmarshal([]byte(*out.Messages[0].Body), &envelope); err != nil {
		t.Fatal(err)
	}
	d := envelope.Detail
	if d.Schema != deliver.FindingSchema || d.Incident != "7f3a91c2d4e5f607" || d.Report.Causes[0].Code != "trust.no_principal" ||
		len(envelope.Resources) != 1 || envelope.Resources[0] != "arn:aws:iam::444455556666:role/Deployer" {
		t.Errorf("%+v", envelope)
	}
}

// api answers in EventBridge's stead.
type api struct {
	code string // of the entry
	err  error
	in   events
}

func (a *api) Call(_ context.Context, _ string, in, out any) error {
	a.in = in.(events)
	if a.code != "" {
		*out.(*taken) = taken{1, []struct{ ErrorCode string }{{a.code}}}
	}
	return a.err
}

func TestRefused(t *testing.T) {
	for want, test := range map[string]struct {
		api       api
		temporary bool
	}{
		"refused the event (InternalFailure)":           {api{code: "InternalFailure"}, true},
		"refused the event (ThrottlingException)":       {api{code: "ThrottlingException"}, true},
		"refused the event (MalformedDetail)":           {api{code: "MalformedDetail"}, false},
		"refused the event (ResourceNotFoundException)": {api{err: &smithy.GenericAPIError{Code: "ResourceNotFoundException", Message: "secret"}}, false},
		"no answer in time":                             {api{err: context.DeadlineExceeded}, true},
		"cannot be reached":                             {api{err: http.ErrServerClosed}, true},
	} {
		_, err := New(&test.api, "out").Send(t.Context(), message())
		var f *deliver.Failure
		if !errors.As(err, &f) || f.Temporary != test.temporary || !strings.Contains(f.Error(), want) || strings.Contains(f.Error(), "secret") {
			t.Errorf("%v, want %q", err, want)
		}
	}
}

// TestLarge: what EventBridge would not take is cut, and the cut is told.
func TestLarge(t *testing.T) {
	a := &api{}
	m := message()
	for range 5000 {
		m.Report.Layers = append(m.Report.Layers, report.Layer{Layer: "scp", Target: strings.Repeat("x", 100)})
	}
	start := time.Now()
	if _, err := New(a, "out").Send(t.Context(), m); err != nil {
		t.Fatal(err)
	}
	detail := a.in.Entries[0].Detail
	if len(detail) > maxDetail || !strings.Contains(detail, `"cut":["trace","changes","layers"]`) {
		t.Errorf("%d bytes in %s", len(detail), time.Since(start))
	}
}
