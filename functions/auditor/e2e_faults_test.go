package main_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"

	"github.com/assumewhy/assumewhy/internal/awsproxy"
	"github.com/assumewhy/assumewhy/internal/awsworld"
)

// testThrottled: a few refusals cost time only; what AWS refuses for ever is a
// gap, and the answer goes out.
func testThrottled(t *testing.T, e *endToEnd) {
	s := newStage(t, e).crossed()
	s.Answer(awsproxy.Times(2, awsproxy.On("iam:GetRole", "", awsproxy.Throttle)))
	first := s.start()
	s.all(first, s.bobTo("e-throttled", "Deployer"))
	if sums := s.metrics(first); sums["CollectGaps"] != 0 || sums["Explained"] != 1 {
		t.Errorf("metrics where all could be read: %v", sums)
	}
	mail := s.mailed()
	if len(mail) != 1 || mail[0].code() != "trust.no_principal proved" || len(mail[0].gaps()) > 0 {
		t.Fatalf("%d by mail: %+v", len(mail), mail)
	}
	s.Answer(awsproxy.On("iam:GetRole", s.Prod, awsproxy.Throttle))
	f := s.start()
	s.all(f, s.bobTo("e-throttled-2", "Open"))
	if mail = s.mailed(); len(mail) != 1 {
		t.Fatalf("%d by mail\n%s", len(mail), f.Output())
	}
	same(t, "gaps", []string{"iam:GetRole " + s.Prod}, mail[0].gaps())
	if sums := s.metrics(f); sums["CollectGaps"] < 1 {
		t.Errorf("metrics %v", sums)
	}
}

// testSlowAccount: an account that does not answer in time is a gap, for the
// events that need it; all are told before the deadline.
func testSlowAccount(t *testing.T, e *endToEnd) {
	s := newStage(t, e).crossed()
	s.function.Timeout = 10 * time.Second
	s.User(home, "carol", allowAssume)
	s.Role(home, "/", "Near", trusting(awsworld.UserARN(home, "alice")), "")
	s.Answer(awsproxy.On("iam:*", s.Prod, awsproxy.Say(awsproxy.Answer{Delay: 5 * time.Minute})))
	f := s.start()
	start := time.Now()
	s.all(f, s.bobTo("e-slow", "Deployer"), denied("e-near", awsworld.UserARN(home, "carol"), awsworld.RoleARN(home, "Near")))
	t.Logf("a batch with an account that does not answer took %s of 10 s", time.Since(start).Round(time.Millisecond))
	gaps := map[string]int{}
	for _, m := range s.mailed() {
		gaps[m.Report.Role.ARN] = len(m.gaps())
	}
	if len(gaps) != 2 || gaps[awsworld.RoleARN(home, "Near")] != 0 || gaps[awsworld.RoleARN(s.Prod, "Deployer")] == 0 {
		t.Errorf("gaps by role: %v\n%s", gaps, f.Output())
	}
}

// testTableHangs: without the table nothing can be done, and the function says so
// before its deadline; later all is done, once.
func testTableHangs(t *testing.T, e *endToEnd) {
	s := newStage(t, e).crossed()
	s.function.Timeout = 5 * time.Second
	s.Answer(awsproxy.On("dynamodb:*", "", awsproxy.Say(awsproxy.Answer{Delay: 5 * time.Minute})))
	f := s.start()
	events := [][]byte{s.bobTo("e-hang-1", "Deployer"), s.bobTo("e-hang-2", "Open")}
	same(t, "to be done again", []string{"m-0", "m-1"}, s.run(f, events...))
	same(t, "told", 0, len(s.mailed()))
	s.Answer()
	s.all(f, events...)
	same(t, "told when the table is back", 2, len(s.mailed()))
	// it goes away in the middle, after the claims
	s.Answer(func(c awsproxy.Call) *awsproxy.Answer {
		if c.Service() == "dynamodb" && strings.Contains(c.Body, "incident#") {
			return awsproxy.Down(c)
		}
		return nil
	})
	event := s.bobTo("e-hang-3", "Contract")
	same(t, "to be done again", []string{"m-0"}, s.run(f, event))
	s.Answer()
	s.all(f, event)
	same(t, "told at last", 1, len(s.mailed()))
	same(t, "events", map[string]int{"done": 3}, s.events())
}

// testKilled: an environment that dies in the middle of a batch holds its events
// until its lease is over; then they are told, and counted once.
func testKilled(t *testing.T, e *endToEnd) {
	s := newStage(t, e).crossed()
	s.function.Timeout = 2 * time.Second
	var held atomic.Bool
	s.Answer(awsproxy.On("iam:*", "", func(awsproxy.Call) *awsproxy.Answer {
		held.Store(true)
		return &awsproxy.Answer{Delay: 5 * time.Minute}
	}))
	event := s.bobTo("e-killed", "Deployer")
	f := s.start()
	go func() {
		for range 1000 {
			if held.Load() {
				f.Kill()
				return
			}
			time.Sleep(5 * time.Millisecond)
		}
	}()
	if _, err := failures(f.Invoke(batch(event))); err == nil {
		t.Fatalf("it was not killed\n%s", f.Output())
	}
	s.Answer()
	s.function.Timeout = 30 * time.Second
	g := s.start()
	same(t, "while somebody holds it", []string{"m-0"}, s.run(g, event))
	s.leaseOver()
	s.all(g, event)
	same(t, "told", 1, len(s.mailed()))
	if got := s.incidents()[0].Count; got != 1 {
		t.Errorf("counted %d times", got)
	}
}

// leaseOver ends the leases of all events that are held.
func (s *stage) leaseOver() {
	c := dynamodb.NewFromConfig(s.Config)
	for _, i := range s.items() {
		if i["st"] != "open" {
			continue
		}
		_, err := c.UpdateItem(s.t.Context(), &dynamodb.UpdateItemInput{
			TableName:        aws.String(tableName),
			Key:              map[string]types.AttributeValue{"pk": &types.AttributeValueMemberS{Value: i["pk"].(string)}, "sk": &types.AttributeValueMemberS{Value: "event"}},
			UpdateExpression: aws.String("SET #u = :u"), ExpressionAttributeNames: map[string]string{"#u": "until"},
			ExpressionAttributeValues: map[string]types.AttributeValue{":u": &types.AttributeValueMemberN{Value: "1"}},
		})
		s.Must(err)
	}
}

// delivery is what is kept of a message that a channel did not take.
type delivery struct {
	Schema, Channel, Reason string
	Tries                   int
	Message                 struct {
		Kind   string
		Thread string
		Report struct{ Incident, Headline string }
	}
}

// kept takes the deliveries off their queue.
func (s *stage) kept() (bodies [][]byte, all []delivery) {
	s.t.Helper()
	for _, m := range s.drain(s.deliveries) {
		var d delivery
		s.Must(json.Unmarshal([]byte(m.Body), &d))
		if d.Schema != "assumewhy.delivery/v1" || d.Message.Report.Incident == "" || d.Reason == "" || d.Tries == 0 {
			s.t.Errorf("a delivery of %+v", d)
		}
		bodies, all = append(bodies, []byte(m.Body)), append(all, d)
	}
	return bodies, all
}

// testSlackDown: mail goes out all the same; what Slack did not take is kept,
// fails as long as Slack is down, and is sent when it is back, once.
func testSlackDown(t *testing.T, e *endToEnd) {
	s := newStage(t, e).crossed()
	s.slack.broken(func(string) (int, string, string) { return 500, "", "<html>oops</html>" })
	f := s.start()
	s.all(f, s.bobTo("e-slackdown", "Deployer"))
	same(t, "by mail", 1, len(s.mailed()))
	same(t, "events", map[string]int{"done": 1}, s.events())
	bodies, list := s.kept()
	if len(list) != 1 || list[0].Channel != "slack" || list[0].Message.Kind != "alert" || list[0].Tries < 2 {
		t.Fatalf("kept: %+v\n%s", list, f.Output())
	}
	same(t, "still down", []string{"m-0"}, s.run(f, bodies[0]))
	if _, again := s.kept(); len(again) > 0 {
		t.Errorf("the same is kept twice: %+v", again)
	}
	s.slack.broken(nil)
	s.all(f, bodies[0])
	same(t, "Slack", []string{"chat.postMessage " + channel}, s.slack.methods())
	same(t, "by mail when Slack is back", 0, len(s.mailed()))
	if sums := s.metrics(f); sums["DeliverFailures slack"] < 1 {
		t.Errorf("metrics %v", sums)
	}
	// what comes later of the incident goes into the thread of the message
	if got := s.incidents()[0].Threads["slack"]; !strings.HasPrefix(got, channel+":") {
		t.Errorf("thread %q", got)
	}
	s.logged(f)
}

// testSlackWaits: Slack says how long to wait, and it is waited for.
func testSlackWaits(t *testing.T, e *endToEnd) {
	s := newStage(t, e).crossed()
	first := true
	s.slack.broken(func(string) (int, string, string) {
		if first {
			first = false
			return 429, "1", ""
		}
		return 0, "", ""
	})
	f := s.start()
	start := time.Now()
	s.all(f, s.bobTo("e-429", "Deployer"))
	if took := time.Since(start); took < time.Second {
		t.Errorf("it took %s, Slack asked for a second", took)
	}
	same(t, "Slack", []string{"chat.postMessage " + channel}, s.slack.methods())
	if _, list := s.kept(); len(list) > 0 {
		t.Errorf("kept: %+v", list)
	}
}

// testTopicDown: the same of the topic, and of the bus with it.
func testTopicDown(t *testing.T, e *endToEnd) {
	s := newStage(t, e).withBus().crossed()
	down := func(c awsproxy.Call) *awsproxy.Answer {
		if c.Action == "sns:Publish" || c.Action == "events:PutEvents" {
			return awsproxy.Down(c)
		}
		return nil
	}
	s.Answer(down)
	f := s.start()
	s.all(f, s.bobTo("e-topicdown", "Deployer"))
	same(t, "Slack", []string{"chat.postMessage " + channel}, s.slack.methods())
	bodies, list := s.kept()
	var channels []string
	for _, d := range list {
		channels = append(channels, d.Channel)
	}
	slices.Sort(channels)
	same(t, "kept", []string{"bus", "mail"}, channels)
	s.Answer()
	s.all(f, bodies...)
	same(t, "by mail", 1, len(s.mailed()))
	same(t, "by bus", 1, len(s.bused()))
	same(t, "Slack when it is back", 1, len(s.slack.all()))
}

// testNothingKept: where not even the queue takes it, the event comes again, and
// what is told then is not lost.
func testNothingKept(t *testing.T, e *endToEnd) {
	s := newStage(t, e).crossed()
	s.slack.broken(func(string) (int, string, string) { return 500, "", "" })
	s.Answer(awsproxy.On("sqs:SendMessage", "", awsproxy.Down))
	f := s.start()
	event := s.bobTo("e-nothing", "Deployer")
	same(t, "to be done again", []string{"m-0"}, s.run(f, event))
	s.slack.broken(nil)
	s.Answer()
	s.owedOver()
	s.all(f, event)
	same(t, "Slack", []string{"chat.postMessage " + channel}, s.slack.methods())
	if n := len(s.mailed()); n < 1 || n > 2 {
		t.Errorf("%d by mail", n)
	}
	same(t, "events", map[string]int{"done": 1}, s.events())
}

// owedOver ends the leases of alerts that are owed, in the table.
func (s *stage) owedOver() {
	s.change(func(body map[string]any) {
		if owed, ok := body["owed"].(map[string]any); ok {
			owed["until"] = time.Now().Add(-time.Second).UTC().Format(time.RFC3339)
		}
	})
}

// change changes the incidents of the table as another environment would.
func (s *stage) change(f func(map[string]any)) {
	s.t.Helper()
	c := dynamodb.NewFromConfig(s.Config)
	for _, i := range s.items() {
		if i["sk"] != "incident" {
			continue
		}
		var body map[string]any
		s.Must(json.Unmarshal([]byte(i["body"].(string)), &body))
		f(body)
		raw, err := json.Marshal(body)
		s.Must(err)
		_, err = c.UpdateItem(s.t.Context(), &dynamodb.UpdateItemInput{
			TableName:        aws.String(tableName),
			Key:              map[string]types.AttributeValue{"pk": &types.AttributeValueMemberS{Value: i["pk"].(string)}, "sk": &types.AttributeValueMemberS{Value: "incident"}},
			UpdateExpression: aws.String("SET body = :b, #b = :by ADD v :one"), ExpressionAttributeNames: map[string]string{"#b": "by"},
			ExpressionAttributeValues: map[string]types.AttributeValue{
				":b": &types.AttributeValueMemberS{Value: string(raw)}, ":by": &types.AttributeValueMemberS{Value: fmt.Sprint(time.Now().UnixNano())},
				":one": &types.AttributeValueMemberN{Value: "1"},
			},
		})
		s.Must(err)
	}
}
