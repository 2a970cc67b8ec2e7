package sns

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/credentials"
	"github.com/aws/aws-sdk-go-v2/service/sns"
	"github.com/aws/aws-sdk-go-v2/service/sqs"
	sqstypes "github.com/aws/aws-sdk-go-v2/service/sqs/types"

	"github.com/assumewhy/assumewhy/internal/awsproxy"
	"github.com/assumewhy/assumewhy/pkg/deliver"
	"github.com/assumewhy/assumewhy/pkg/deliver/signed"
	"github.com/assumewhy/assumewhy/pkg/render"
	"github.com/assumewhy/assumewhy/pkg/render/rendertest"
	"github.com/assumewhy/assumewhy/pkg/report"
)

func denied() *report.Report {
	return &report.Report{
		Schema: report.Schema, Verdict: "denied", Headline: "The role's trust policy does not trust bob.", Incident: "7f3a91c2d4e5f607",
		Event: report.Event{Name: "AssumeRole", Time: "2026-10-14T09:26:53Z"}, Accounts: map[string]report.Account{"444455556666": {Name: "prod"}},
		Caller: report.Caller{ARN: "arn:aws:iam::111122223333:user/bob", Account: "111122223333", Type: "IAMUser"},
		Role:   report.Role{ARN: "arn:aws:iam::444455556666:role/ops/Deployer", Account: "444455556666", Exists: "yes"},
		Causes: []report.Cause{{Code: "trust.no_principal", Certainty: "proved", Primary: true, Layer: "trust", Account: "444455556666"}},
	}
}

func message(r *report.Report) *deliver.Message {
	at := time.Date(2026, 10, 14, 9, 26, 53, 0, time.UTC)
	return &deliver.Message{Kind: deliver.Alert, Report: r, Repeats: deliver.Repeats{Count: 1, First: at, Last: at}}
}

func TestSubject(t *testing.T) {
	long := strings.Repeat("x", 64)
	for _, test := range []struct {
		change func(*deliver.Message)
		want   string
	}{
		{func(*deliver.Message) {}, "assumewhy: bob cannot assume Deployer in prod (trust.no_principal)"},
		{func(m *deliver.Message) { m.Report.Caller.SessionName = "alice@example.com" }, "assumewhy: alice@example.com cannot assume Deployer in prod (trust.no_principal)"},
		{func(m *deliver.Message) { m.Report.Accounts = nil }, "assumewhy: bob cannot assume Deployer in 444455556666 (trust.no_principal)"},
		{func(m *deliver.Message) { m.Report.Accounts["444455556666"] = report.Account{Name: "生产"} }, "assumewhy: bob cannot assume Deployer in ?? (trust.no_principal)"},
		{func(m *deliver.Message) { m.Report.Role, m.Report.Causes = report.Role{}, nil }, "assumewhy: bob cannot assume a role"},
		{func(m *deliver.Message) { m.Report.Verdict = "allowed_now" }, "assumewhy: bob could not assume Deployer in prod (trust.no_principal)"},
		{func(m *deliver.Message) { m.Kind, m.Repeats.Count = deliver.Update, 15 }, "assumewhy: bob still cannot assume Deployer in prod, 15 times (trust.no_principal)"},
		{
			func(m *deliver.Message) { m.Report.Caller.SessionName, m.Report.Role.ARN = long, "role/"+long },
			"assumewhy: xxxxxxxx..xxxxxxxx cannot assume xxxxxxxx..xxxxxxxx in prod (trust.no_principal)",
		},
		{
			func(m *deliver.Message) { m.Report.Caller.SessionName = "bob\r\nBcc: mallory@example.com" },
			"assumewhy: bob??Bcc: mallory@example.com cannot assume Deployer in prod (trust.no_principal)",
		},
	} {
		m := message(denied())
		test.change(m)
		got := Subject(m)
		if strings.HasPrefix(test.want, "assumewhy: xxx") {
			if !strings.Contains(got, "(trust.no_principal)") || !strings.Contains(got, "..") || len(got) > maxSubject {
				t.Errorf("%q", got)
			}
			continue
		}
		if got != test.want {
			t.Errorf("got  %q\nwant %q", got, test.want)
		}
	}
	for seed := range uint64(200) {
		if s := Subject(message(rendertest.Random(seed, "\r\nBcc: x"))); len(s) > maxSubject || strings.ContainsFunc(s, func(r rune) bool { return r < ' ' || r > '~' }) {
			t.Errorf("seed %d: %q", seed, s)
		}
	}
}

// TestBounds: whatever a report holds, the message keeps within SNS's bounds,
// and what is cut is told.
func TestBounds(t *testing.T) {
	for _, size := range []int{0, 1, 3, 30, 300} {
		r := denied()
		for n := range size {
			c := r.Causes[0]
			c.Primary = n == 0
			c.Because = strings.Repeat("\x1b\"<because> ", 20)
			c.Quote = report.Quote{First: 1, Lines: []string{strings.Repeat("\u202e\\", 200)}}
			r.Causes = append(r.Causes, c)
		}
		body, err := New(nil, "", nil).body(message(r))
		if err != nil {
			t.Fatalf("%d causes: %v", size, err)
		}
		var by map[string]string
		if err := json.Unmarshal(body, &by); err != nil {
			t.Fatal(err)
		}
		var finding struct {
			Cut    []string
			Report *report.Report
		}
		if err := json.Unmarshal([]byte(by["sqs"]), &finding); err != nil {
			t.Fatal(err)
		}
		if len(body) > 256<<10 || len(by) != 1+len(protocols) || by["lambda"] != by["sqs"] || finding.Report.Incident != r.Incident {
			t.Errorf("%d causes: %d bytes, %d protocols", size, len(body), len(by))
		}
		if cut := len(finding.Cut) > 0; cut != (size > 3) {
			t.Errorf("%d causes: cut %v", size, finding.Cut)
		}
		if cut := strings.Contains(by["default"], "[Cut here: "); cut != (size > 3) {
			t.Errorf("%d causes: the text has %d bytes, cut %v", size, len(by["default"]), cut)
		}
	}
}

func TestWords(t *testing.T) {
	m := message(denied())
	m.Report.Next = "Ask the owner of Deployer in prod to trust bob."
	c := &m.Report.Causes[0]
	c.Condition = report.Condition{Key: "aws:PrincipalArn", Operator: "ArnEquals", Wanted: []string{"arn:aws:iam::111122223333:user/carol"}, Got: []string{"arn:aws:iam::111122223333:user/bob"}}
	m.Kind, m.Repeats.Count, m.Repeats.Last = deliver.Update, 15, m.Repeats.First.Add(20*time.Minute)
	words, err := New(nil, "", func(*deliver.Message) string { return "Report: https://example.com/x\n" }).words(m)
	lead := "  " + m.Report.Headline + "\n\n  Next: " + m.Report.Next + "\n\n  Severity: medium; " + render.Repeated("", m.Repeats.Since()) + "\n\nDENIED  bob"
	if err != nil || !strings.HasPrefix(words, lead) || !strings.HasSuffix(words, "\nReport: https://example.com/x\n") {
		t.Errorf("%v\n%s", err, words)
	}
	if !strings.Contains(words, "user/»bob«") || strings.Contains(words, "^") {
		t.Errorf("what differs is marked otherwise:\n%s", words)
	}
}

func options(url string) (string, *string, aws.CredentialsProvider) {
	return "eu-west-1", aws.String(url), credentials.NewStaticCredentialsProvider("x", "x", "")
}

// TestPublish: a queue that filters by code gets the JSON, one that filters by
// another gets nothing.
func TestPublish(t *testing.T) {
	moto := awsproxy.Start(t)
	region, url, keys := options(moto.URL)
	topics := sns.New(sns.Options{Region: region, BaseEndpoint: url, Credentials: keys})
	queues := sqs.New(sqs.Options{Region: region, BaseEndpoint: url, Credentials: keys})
	ctx := t.Context()
	topic, err := topics.CreateTopic(ctx, &sns.CreateTopicInput{Name: aws.String("findings")})
	if err != nil {
		t.Fatal(err)
	}
	subscribe := func(name, filter string) *string {
		q, err := queues.CreateQueue(ctx, &sqs.CreateQueueInput{QueueName: &name})
		if err != nil {
			t.Fatal(err)
		}
		_, err = topics.Subscribe(ctx, &sns.SubscribeInput{
			TopicArn: topic.TopicArn, Protocol: aws.String("sqs"), Endpoint: aws.String("arn:aws:sqs:eu-west-1:123456789012:" + name),
			Attributes: map[string]string{"FilterPolicy": filter, "RawMessageDelivery": "true"},
		})
		if err != nil {
			t.Fatal(err)
		}
		return q.QueueUrl
	}
	mine := subscribe("mine", `{"code":["trust.no_principal"],"accounts":["111122223333"],"certainty":["proved"],"severity":["medium"]}`)
	others := subscribe("others", `{"code":["scp.explicit_deny"]}`)
	api := &signed.Client{Region: "eu-west-1", Endpoint: moto.URL, Credentials: keys, HTTP: http.DefaultClient, Now: time.Now}
	if _, err := New(api, *topic.TopicArn, nil).Send(ctx, message(denied())); err != nil {
		t.Fatal(err)
	}
	receive := func(url *string) []sqstypes.Message {
		out, err := queues.ReceiveMessage(ctx, &sqs.ReceiveMessageInput{QueueUrl: url, MessageAttributeNames: []string{"All"}})
		if err != nil {
			t.Fatal(err)
		}
		return out.Messages
	}
	if n := len(receive(others)); n != 0 {
		t.Errorf("%d messages for others", n)
	}
	got := receive(mine)
	if len(got) != 1 {
		t.Fatalf("%d messages", len(got))
	}
	// moto gives a queue the default text, where SNS gives it its own.
	if body := *got[0].Body; !strings.Contains(body, "7f3a91c2") {
		t.Error(body)
	}
	var names []string
	for name := range got[0].MessageAttributes {
		names = append(names, name)
	}
	slices.Sort(names)
	if fmt.Sprint(names) != "[account accounts certainty code kind severity verdict]" {
		t.Error(names)
	}
}

func TestRefused(t *testing.T) {
	moto := awsproxy.Start(t)
	_, _, keys := options(moto.URL)
	api := &signed.Client{Region: "eu-west-1", Endpoint: moto.URL, Credentials: keys, HTTP: http.DefaultClient, Now: time.Now, Tries: 1}
	c := New(api, "arn:aws:sns:eu-west-1:123456789012:none", nil)
	for name, test := range map[string]struct {
		answer    func(awsproxy.Call) *awsproxy.Answer
		want      string
		temporary bool
	}{
		"no such topic": {nil, "Amazon SNS refused the message (NotFound)", false},
		"denied":        {awsproxy.Deny, "Amazon SNS refused the message (AuthorizationError)", false},
		"throttled":     {awsproxy.Throttle, "Amazon SNS refused the message (Throttled)", true},
		"down":          {awsproxy.Down, "Amazon SNS refused the message (ServiceUnavailable)", true},
		"hangs":         {awsproxy.Say(awsproxy.Answer{Delay: time.Minute}), "no answer in time", true},
		"ends":          {awsproxy.Say(awsproxy.Answer{Cut: true}), "Amazon SNS cannot be reached", true},
	} {
		moto.Answer(test.answer)
		patience := time.Minute // moto is slow when it is asked for the first time
		if name == "hangs" {
			patience = 200 * time.Millisecond
		}
		ctx, cancel := context.WithTimeout(t.Context(), patience)
		_, err := c.Send(ctx, message(denied()))
		cancel()
		var f *deliver.Failure
		if !errors.As(err, &f) || f.Temporary != test.temporary || !strings.Contains(f.Error(), test.want) {
			t.Errorf("%s: %v", name, err)
		}
	}
}
