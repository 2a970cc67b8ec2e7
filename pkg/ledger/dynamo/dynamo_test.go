package dynamo

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/credentials"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"

	"github.com/assumewhy/assumewhy/internal/awsproxy"
	"github.com/assumewhy/assumewhy/pkg/ledger"
	"github.com/assumewhy/assumewhy/pkg/ledger/ledgertest"
)

func client(url string) *dynamodb.Client {
	return dynamodb.New(dynamodb.Options{
		Region: "eu-west-1", BaseEndpoint: aws.String(url), Credentials: credentials.NewStaticCredentialsProvider("x", "x", ""),
	})
}

// table makes the table of the package comment.
func table(t *testing.T, api *dynamodb.Client) string {
	t.Helper()
	name := fmt.Sprint("findings-", rand.Uint64())
	key := func(name string, kind types.KeyType) types.KeySchemaElement {
		return types.KeySchemaElement{AttributeName: aws.String(name), KeyType: kind}
	}
	in := &dynamodb.CreateTableInput{
		TableName: &name, BillingMode: types.BillingModePayPerRequest,
		KeySchema: []types.KeySchemaElement{key("pk", types.KeyTypeHash), key("sk", types.KeyTypeRange)},
		GlobalSecondaryIndexes: []types.GlobalSecondaryIndex{{
			IndexName: aws.String(IndexRecent), Projection: &types.Projection{ProjectionType: types.ProjectionTypeAll},
			KeySchema: []types.KeySchemaElement{key("day", types.KeyTypeHash), key("last", types.KeyTypeRange)},
		}},
	}
	for _, a := range []string{"pk", "sk", "day", "last"} {
		in.AttributeDefinitions = append(in.AttributeDefinitions, types.AttributeDefinition{AttributeName: aws.String(a), AttributeType: types.ScalarAttributeTypeS})
	}
	if _, err := api.CreateTable(t.Context(), in); err != nil {
		t.Fatal(err)
	}
	return name
}

func TestStore(t *testing.T) {
	moto := awsproxy.Start(t)
	api := client(moto.URL)
	ledgertest.Run(t, func(t *testing.T) (ledger.Store, ledger.Store) {
		name := table(t, api)
		return New(api, name), New(api, name)
	})
}

// TestRequests holds the requests of a storm to what is promised: at most two an
// event and one an incident and batch, and one more an alert.
func TestRequests(t *testing.T) {
	const events, incidents, size = 300, 10, 10
	moto := awsproxy.Start(t)
	api := client(moto.URL)
	l, err := ledger.New(New(api, table(t, api)), ledger.DefaultRules)
	if err != nil {
		t.Fatal(err)
	}
	moto.Forget()
	alerts, groups := 0, 0
	for start := 0; start < events; start += size {
		a, g := attend(t, l, start, size, incidents)
		alerts, groups = alerts+a, groups+g
	}
	n := len(moto.Calls())
	t.Logf("%d events, %d incidents and batches, %d alerts: %d requests %v", events, groups, alerts, n, moto.Count())
	if alerts != incidents || n > 2*events+groups {
		t.Errorf("%d alerts, %d requests; want %d, at most %d", alerts, n, incidents, 2*events+groups)
	}
	// Alone, an event that is counted costs three requests.
	moto.Forget()
	if a, _ := attend(t, l, events, 1, incidents); a != 0 || len(moto.Calls()) != 3 {
		t.Errorf("an event that is counted: %d alerts, %v", a, moto.Count())
	}
}

// attend is what wiring does with one batch of events.
func attend(t *testing.T, l *ledger.Ledger, start, size, incidents int) (alerts, groups int) {
	t.Helper()
	var batch []ledger.Finding
	var keys []string
	for e := start; e < start+size; e++ {
		batch = append(batch, ledgertest.Finding(fmt.Sprint("e-", e), fmt.Sprint("i-", e%incidents), "trust.no_principal", ledgertest.Noon))
		keys = append(keys, batch[len(batch)-1].Key)
	}
	for _, c := range l.Claim(t.Context(), keys, fmt.Sprint(start), ledgertest.Noon) {
		if c.Err != nil || c.State != ledger.Mine {
			t.Fatal(c)
		}
	}
	out, err := l.Record(t.Context(), batch, ledgertest.Noon)
	if err != nil {
		t.Fatal(err)
	}
	var told []int
	for _, o := range out {
		if o.Err != nil {
			t.Fatal(o.Err)
		}
		if o.Action == ledger.Alert {
			told = append(told, o.Finding)
			if err := l.Told(t.Context(), &o.Incident, nil, ledgertest.Noon); err != nil {
				t.Fatal(err)
			}
		}
	}
	if err := l.Finish(t.Context(), batch, told, ledgertest.Noon); err != nil {
		t.Fatal(err)
	}
	return len(told), len(out)
}

// TestLostAnswer: a write whose answer is lost is sent again by the SDK, and is
// recognized as our own.
func TestLostAnswer(t *testing.T) {
	moto := awsproxy.Start(t)
	api := client(moto.URL)
	one := New(api, table(t, api))
	ofIncident := func(c awsproxy.Call) bool { return strings.Contains(c.Body, `"incident"`) }
	lost := func(which bool) func(awsproxy.Call) *awsproxy.Answer {
		return awsproxy.Times(1, awsproxy.On("dynamodb:PutItem", "", func(c awsproxy.Call) *awsproxy.Answer {
			if ofIncident(c) != which {
				return nil
			}
			return awsproxy.Lose(c)
		}))
	}
	moto.Answer(lost(false), lost(true))
	now := ledgertest.Noon
	c, err := one.Claim(t.Context(), ledger.Attempt{Key: "e", Token: "t", Now: now, Until: now.Add(time.Minute), Expires: now.Add(time.Hour)})
	if err != nil || c.State != ledger.Mine {
		t.Fatal(c, err)
	}
	for range 2 {
		err = one.Change(t.Context(), "i", now, func(old *ledger.Incident) (ledger.Incident, bool) {
			next := ledger.Incident{ID: "i", Seen: now, Expires: now.Add(time.Hour)}
			if old != nil {
				next = *old
			}
			next.Count++
			return next, true
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if got := one.seen.get("i"); got.number != 2 || !strings.Contains(got.body, `"count":2`) {
		t.Errorf("%+v", got)
	}
}

// left is an API that leaves items over.
type left struct {
	API
	over  int
	sizes []int
}

func (l *left) BatchWriteItem(_ context.Context, in *dynamodb.BatchWriteItemInput, _ ...func(*dynamodb.Options)) (*dynamodb.BatchWriteItemOutput, error) {
	out := &dynamodb.BatchWriteItemOutput{}
	for name, list := range in.RequestItems {
		l.sizes = append(l.sizes, len(list))
		if l.over > 0 {
			l.over--
			out.UnprocessedItems = map[string][]types.WriteRequest{name: list[:1]}
		}
	}
	return out, nil
}

func TestLeftOver(t *testing.T) {
	events := make([]ledger.Event, 30)
	for i := range events {
		events[i].Key = fmt.Sprint(i)
	}
	api := &left{over: 2}
	if err := New(api, "t").Finish(t.Context(), events, nil); err != nil || fmt.Sprint(api.sizes) != "[25 1 1 5]" {
		t.Errorf("%v: %v", api.sizes, err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	if err := New(&left{over: 1000}, "t").Finish(ctx, events, nil); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("what is left over for ever: %v", err)
	}
}

// TestReportTooLarge: the events are done all the same, and the error says why.
func TestReportTooLarge(t *testing.T) {
	noise := make([]byte, 1<<20)
	for i := range noise {
		noise[i] = byte(rand.Uint32())
	}
	api := &left{}
	err := New(api, "t").Finish(t.Context(), []ledger.Event{{Key: "e"}}, []ledger.Kept{{Incident: "i", Report: noise}})
	if err == nil || !strings.Contains(err.Error(), "too many for an item") || fmt.Sprint(api.sizes) != "[1]" {
		t.Errorf("%v: %v", api.sizes, err)
	}
}

// TestStorm is the storm of the figures: 5,000 events of 50 incidents in batches
// of 100. It takes half a minute and more, so it is asked for by name.
func TestStorm(t *testing.T) {
	if os.Getenv("ASSUMEWHY_STORM") == "" {
		t.Skip("takes long: set ASSUMEWHY_STORM=1")
	}
	const events, incidents, size = 5000, 50, 100
	moto := awsproxy.Start(t)
	api := client(moto.URL)
	l, err := ledger.New(New(api, table(t, api)), ledger.DefaultRules)
	if err != nil {
		t.Fatal(err)
	}
	moto.Forget()
	start := time.Now()
	alerts, groups := 0, 0
	for n := 0; n < events; n += size {
		a, g := attend(t, l, n, size, incidents)
		alerts, groups = alerts+a, groups+g
	}
	n := len(moto.Calls())
	t.Logf("%s, %d alerts, %d requests %v", time.Since(start), alerts, n, moto.Count())
	if alerts != incidents || n > 2*events+groups {
		t.Errorf("%d alerts, %d requests; want %d, at most %d", alerts, n, incidents, 2*events+groups)
	}
}

// TestSuppressionByHand: an item that somebody wrote into the table counts, and
// one that cannot be read hides no other.
func TestSuppressionByHand(t *testing.T) {
	moto := awsproxy.Start(t)
	api := client(moto.URL)
	s := New(api, table(t, api))
	for id, body := range map[string]string{
		"a": `{"owner":"alice","reason":"a test","expires":"2026-12-31T00:00:00Z","code":"trust.*"}`,
		"b": `{"owner":`,
	} {
		_, err := api.PutItem(t.Context(), &dynamodb.PutItemInput{
			TableName: &s.table, Item: item{"pk": str("suppression"), "sk": str(id), "body": str(body)},
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	l, err := ledger.New(s, ledger.DefaultRules)
	if err != nil {
		t.Fatal(err)
	}
	out, err := l.Record(t.Context(), []ledger.Finding{ledgertest.Finding("e", "i", "trust.no_principal", ledgertest.Noon)}, ledgertest.Noon)
	if out[0].Action != ledger.Suppressed || out[0].Incident.SuppressedBy != "a" || err == nil || !strings.Contains(err.Error(), `"b"`) {
		t.Errorf("%s by %q, %v", out[0].Action, out[0].Incident.SuppressedBy, err)
	}
}
