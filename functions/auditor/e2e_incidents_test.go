package main_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/iam"
	iamtypes "github.com/aws/aws-sdk-go-v2/service/iam/types"

	"github.com/assumewhy/assumewhy/internal/awsworld"
	"github.com/assumewhy/assumewhy/internal/lambdatest"
	"github.com/assumewhy/assumewhy/pkg/ledger"
	"github.com/assumewhy/assumewhy/pkg/ledger/dynamo"
)

// testTwiceAtOnce: the same events in two environments at the same time are
// explained once, counted once and told once.
func testTwiceAtOnce(t *testing.T, e *endToEnd) {
	s := newStage(t, e).crossed()
	var events [][]byte
	for n := range 12 {
		events = append(events, s.bobTo(fmt.Sprintf("e-twice-%d", n), []string{"Deployer", "Open", "Contract"}[n%3]))
	}
	both := []*lambdatest.Environment{s.start(), s.start()}
	again := make([][]string, 2)
	var wait sync.WaitGroup
	for i, f := range both {
		wait.Go(func() {
			var err error
			if again[i], err = failures(f.Invoke(batch(events...))); err != nil {
				t.Error(err)
			}
		})
	}
	wait.Wait()
	t.Logf("to be done again: %d and %d of 12", len(again[0]), len(again[1]))
	if len(again[0])+len(again[1]) > len(events) {
		t.Errorf("to be done again: %v and %v", again[0], again[1])
	}
	for _, f := range both { // what was held by the other is done by now
		s.all(f, events...)
	}
	count := 0
	for _, i := range s.incidents() {
		count += i.Count
	}
	same(t, "incidents", 3, len(s.incidents()))
	same(t, "calls counted", 12, count)
	same(t, "by mail", 3, len(s.mailed()))
	same(t, "Slack", 3, len(s.slack.all()))
	same(t, "explained", 12.0, s.metrics(both[0])["Explained"]+s.metrics(both[1])["Explained"])
}

// testNews: repeats are counted, other causes are news in the same thread, and
// what only could not be read is none.
func testNews(t *testing.T, e *endToEnd) {
	s := newStage(t, e).crossed()
	s.all(s.start(), s.bobTo("e-news-1", "Deployer"), s.bobTo("e-news-2", "Deployer"))
	s.all(s.start(), s.bobTo("e-news-3", "Deployer"))
	mail := s.mailed()
	if len(mail) != 1 || mail[0].Kind != "alert" {
		t.Fatalf("%d by mail", len(mail))
	}
	c := s.IAM(s.Dev)
	_, err := c.RemoveUserFromGroup(t.Context(), &iam.RemoveUserFromGroupInput{GroupName: aws.String("switchers"), UserName: aws.String("bob")})
	s.Must(err)
	s.all(s.start(), s.bobTo("e-news-4", "Deployer"))
	again := s.mailed()
	if len(again) != 1 || again[0].Kind != "again" || again[0].Incident != mail[0].Incident || again[0].Repeats.Count != 4 {
		t.Fatalf("again: %+v", again)
	}
	posts := s.slack.all()
	if len(posts) != 2 || posts[1].Thread == "" || posts[0].Thread != "" {
		t.Errorf("Slack: %+v", posts)
	}
	same(t, "counted", 4, s.incidents()[0].Count)
}

// testSuppressed: what somebody does not want to hear is counted all the same.
func testSuppressed(t *testing.T, e *endToEnd) {
	s := newStage(t, e).crossed()
	led, err := ledger.New(dynamo.New(dynamodb.NewFromConfig(s.Config), tableName), ledger.DefaultRules)
	s.Must(err)
	s.Must(led.Suppress(t.Context(), ledger.Suppression{
		ID: "known", Owner: "team-platform", Reason: "it is being replaced", Expires: time.Now().Add(time.Hour),
		Role: awsworld.RoleARN(s.Prod, "Deployer"),
	}, time.Now()))
	f := s.start()
	s.all(f, s.bobTo("e-quiet-1", "Deployer"), s.bobTo("e-quiet-2", "Deployer"), s.bobTo("e-quiet-3", "Open"))
	if mail := s.mailed(); len(mail) != 1 || mail[0].Report.Role.ARN != awsworld.RoleARN(s.Prod, "Open") {
		t.Errorf("by mail: %+v", mail)
	}
	same(t, "Slack", 1, len(s.slack.all()))
	same(t, "suppressed", 2.0, s.metrics(f)["Suppressed"])
	for _, i := range s.incidents() {
		if strings.HasSuffix(i.Role, "Deployer") && (i.Count != 2 || i.Suppressed != 2 || i.SuppressedBy != "known") {
			t.Errorf("%+v", i)
		}
	}
}

// testTick: the schedule tells the count of what has ended, in the thread, once
// though two environments hear it.
func testTick(t *testing.T, e *endToEnd) {
	s := newStage(t, e).crossed()
	f := s.start()
	var events [][]byte
	for n := range 15 {
		events = append(events, s.bobTo(fmt.Sprintf("e-tick-%d", n), "Deployer"))
	}
	s.all(f, events[0])
	s.all(f, events[1:]...)
	same(t, "by mail", 1, len(s.mailed()))
	s.slack.forget()
	tick := func(f *lambdatest.Environment) {
		t.Helper()
		if a := f.Invoke([]byte(`{"assumewhy":"tick"}`)); a.Fault != nil {
			t.Errorf("tick: %v\n%s", a.Fault, f.Output())
		}
	}
	tick(f)
	same(t, "told too soon", 0, len(s.mailed())+len(s.slack.all()))
	s.change(func(i map[string]any) { i["told_at"] = time.Now().Add(-10 * time.Minute).UTC().Format(time.RFC3339) })
	g := s.start()
	var wait sync.WaitGroup
	for _, one := range []*lambdatest.Environment{f, g} {
		wait.Go(func() { tick(one) })
	}
	wait.Wait()
	mail := s.mailed()
	if len(mail) != 1 || mail[0].Kind != "update" || mail[0].Repeats.Count != 15 {
		t.Fatalf("update: %+v\n%s\n%s", mail, f.Output(), g.Output())
	}
	same(t, "Slack", []string{"chat.update " + channel, "chat.postMessage " + channel}, s.slack.methods())
	posts := s.slack.all()
	if posts[1].Thread == "" || posts[1].Thread != posts[0].Stamp || !strings.Contains(posts[1].Text, "14") {
		t.Errorf("reply: %+v", posts[1])
	}
	same(t, "updates", 1.0, s.metrics(f)["Updates"]+s.metrics(g)["Updates"])
}

// testRoutes: one parameter says who hears of what.
func testRoutes(t *testing.T, e *endToEnd) {
	s := newStage(t, e).withBus().crossed()
	s.env["ROUTES_PARAMETER"] = s.parameter("routes", `{"schema":"assumewhy.routes/v1","routes":[
	 {"name":"noise","match":{"codes":["role.not_found"]},"to":[]},
	 {"name":"platform","match":{"tags":{"Owner":["team-platform"]}},"to":["slack"],"go_on":true},
	 {"name":"workloads","match":{"ous":["`+s.Unit+`"],"codes":["trust.*"]},"to":["bus"]}],"default":["mail"]}`)
	f := s.start()
	s.all(f, s.bobTo("e-routes-1", "Deployer"), s.bobTo("e-routes-2", "Deploier"), s.bobTo("e-routes-3", "Contract"))
	s.User(home, "carol", allowAssume)
	s.Role(home, "/", "Near", trusting(awsworld.UserARN(home, "alice")), "")
	s.all(f, denied("e-routes-4", awsworld.UserARN(home, "carol"), awsworld.RoleARN(home, "Near")))
	roles := func(list []finding) map[string]int {
		n := map[string]int{}
		for _, m := range list {
			n[m.Report.Role.ARN[strings.LastIndex(m.Report.Role.ARN, "/")+1:]]++
		}
		return n
	}
	same(t, "by mail", map[string]int{"Near": 1}, roles(s.mailed()))
	same(t, "by bus", map[string]int{"Deployer": 1, "Contract": 1}, roles(s.bused()))
	if posts := s.slack.all(); len(posts) != 1 || !strings.Contains(posts[0].Blocks, "Deployer") {
		t.Errorf("Slack: %+v", posts)
	}
	same(t, "incidents", 4, len(s.incidents()))
	// routes that are broken send to everybody, and say so
	s.env["ROUTES_PARAMETER"] = s.parameter("broken", `{"schema":"assumewhy.routes/v1","routes":[{"to":["fax"]}]}`)
	g := s.start()
	s.all(g, s.bobTo("e-routes-5", "Open"))
	same(t, "by mail with broken routes", 1, len(s.mailed()))
	if !strings.Contains(g.Output(), "fax") || s.metrics(g)["RoutesFailures"] != 1 {
		t.Errorf("%s", g.Output())
	}
}

// asAlice is an Identity Center session whose name is an address.
func (s *stage) asAlice(id, role string, change ...func(map[string]any)) []byte {
	return denied(id, awsworld.SessionARN(s.Dev, permissions, "alice@example.com"), awsworld.RoleARN(s.Prod, role), change...)
}

// withPermissionSet is crossed, with a role of Identity Center in dev.
func (s *stage) withPermissionSet() *stage {
	s.crossed().Role(s.Dev, "/aws-reserved/sso.amazonaws.com/", permissions, trusting("*"), allowAssume)
	return s
}

// testRequester: who made the call is written to, in words that they may read;
// nobody is where the switch is off, or the address is of another domain.
func testRequester(t *testing.T, e *endToEnd) {
	s := newStage(t, e).withPermissionSet()
	s.all(s.start(), s.asAlice("e-off", "Deployer"))
	same(t, "switched off", []string{"chat.postMessage " + channel}, s.slack.methods())
	s.slack.forget()
	s.env["REQUESTER_DOMAINS"], s.env["REQUESTER_TAG"] = "example.com", "mail"
	f := s.start()
	s.all(f, s.asAlice("e-on", "Contract"), s.asAlice("e-on-again", "Contract"))
	same(t, "switched on", []string{"chat.postMessage " + channel, "users.lookupByEmail alice@example.com", "chat.postMessage " + personID}, s.slack.methods())
	for _, p := range s.slack.all() {
		if p.Channel == personID && (strings.Contains(p.Blocks, "ExternalId\":") || strings.Contains(p.Blocks, "Statement") || !strings.Contains(p.Blocks, "Contract")) {
			t.Errorf("the requester is told policy detail: %s", p.Blocks)
		}
	}
	s.slack.forget()
	stranger := awsworld.SessionARN(s.Dev, permissions, "mallory@example.net")
	s.all(f, denied("e-stranger", stranger, awsworld.RoleARN(s.Prod, "Open")))
	same(t, "another domain", []string{"chat.postMessage " + channel}, s.slack.methods())
	s.slack.forget()
	_, err := s.IAM(s.Dev).TagUser(t.Context(), &iam.TagUserInput{
		UserName: aws.String("bob"), Tags: []iamtypes.Tag{{Key: aws.String("mail"), Value: aws.String("alice@example.com")}},
	})
	s.Must(err)
	s.all(f, s.bobTo("e-tagged", "Deployer"))
	same(t, "by tag", []string{"chat.postMessage " + channel, "chat.postMessage " + personID}, s.slack.methods())
}

// testHashes: with HASH_NAMES an address is in nothing that is told or kept, and
// the person is written to all the same.
func testHashes(t *testing.T, e *endToEnd) {
	s := newStage(t, e).withBus().withPermissionSet()
	s.env["HASH_NAMES"], s.env["REQUESTER_DOMAINS"] = "true", "example.com"
	f := s.start()
	s.all(f, s.asAlice("e-hash", "Deployer", func(r map[string]any) {
		r["userIdentity"].(map[string]any)["sessionContext"].(map[string]any)["sourceIdentity"] = "alice@example.com"
	}))
	mail, bus := s.mailed(), s.bused()
	if len(mail) != 1 || len(bus) != 1 {
		t.Fatalf("%d by mail, %d by bus\n%s", len(mail), len(bus), f.Output())
	}
	told := map[string]string{"the log": f.Output()}
	for body := range s.spent {
		told["a message"] += body
	}
	raw, err := json.Marshal(s.items())
	s.Must(err)
	told["the table"] = string(raw)
	direct := false
	for _, p := range s.slack.all() {
		direct = direct || p.Channel == personID
		if p.Channel == channel {
			told["Slack"] += p.Raw + p.Text + p.Blocks
		}
	}
	for where, text := range told {
		for _, name := range []string{"alice@", "alice%40", "alice\\u0040"} {
			if strings.Contains(text, name) {
				t.Errorf("%s holds %q: …%s", where, name, around(text, name))
			}
		}
	}
	if !direct {
		t.Errorf("the person is not written to: %v", s.slack.methods())
	}
}
