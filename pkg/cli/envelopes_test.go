package cli

import (
	"bytes"
	"compress/gzip"
	"encoding/base64"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// inString is a text as a JSON string.
func inString(s string) string { return `"` + inJSON(s) + `"` }

func zipped(s string) string {
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	if _, err := z.Write([]byte(s)); err != nil {
		panic(err)
	}
	if err := z.Close(); err != nil {
		panic(err)
	}
	return b.String()
}

// packed is what CloudWatch Logs makes of texts: base64 of gzip.
func packed(messages ...string) string {
	return base64.StdEncoding.EncodeToString([]byte(zipped(logEvents(messages...))))
}

func logEvents(messages ...string) string {
	events := make([]string, len(messages))
	for i, m := range messages {
		events[i] = `{"id":"3","timestamp":1760000000000,"message":` + inString(m) + `}`
	}
	return `{"messageType":"DATA_MESSAGE","owner":"111122223333","logGroup":"trail","logStream":"s","subscriptionFilters":["f"],"logEvents":[` + strings.Join(events, ",") + `]}`
}

func sqsBatch(bodies ...string) string {
	messages := make([]string, len(bodies))
	for i, b := range bodies {
		messages[i] = `{"messageId":"m","receiptHandle":"r","body":` + inString(b) + `,"attributes":{},"eventSource":"aws:sqs","eventSourceARN":"arn:aws:sqs:eu-west-1:111122223333:q","awsRegion":"eu-west-1"}`
	}
	return `{"Records":[` + strings.Join(messages, ",") + `]}`
}

func snsLambda(messages ...string) string {
	records := make([]string, len(messages))
	for i, m := range messages {
		records[i] = `{"EventSource":"aws:sns","EventVersion":"1.0","EventSubscriptionArn":"arn:aws:sns:eu-west-1:111122223333:t:s","Sns":` + snsNotification(m) + `}`
	}
	return `{"Records":[` + strings.Join(records, ",") + `]}`
}

func snsNotification(m string) string {
	return `{"Type":"Notification","MessageId":"m","TopicArn":"arn:aws:sns:eu-west-1:111122223333:t","Message":` + inString(m) + `,"Timestamp":"2026-10-14T10:00:00.000Z","SignatureVersion":"1"}`
}

func eventBridge(record string) string {
	return `{"version":"0","id":"x","detail-type":"AWS API Call via CloudTrail","source":"aws.sts","account":"111122223333","time":"2026-10-14T10:00:00Z","region":"eu-west-1","resources":[],"detail":` + record + `}`
}

func logFile(records ...string) string { return `{"Records":[` + strings.Join(records, ",") + `]}` }

func lookup(records ...string) string {
	events := make([]string, len(records))
	for i, r := range records {
		events[i] = `{"EventId":"x","EventName":"AssumeRole","ReadOnly":"true","EventTime":1760000000,"EventSource":"sts.amazonaws.com","Resources":[],"CloudTrailEvent":` + inString(r) + `}`
	}
	return `{"Events":[` + strings.Join(events, ",") + `],"NextToken":"t"}`
}

// envelopes put one record each into what AWS delivers it in, alone and one in
// another as people wire them.
var envelopes = map[string]func(string) string{
	"bare":               func(r string) string { return r },
	"EventBridge":        eventBridge,
	"SQS":                func(r string) string { return sqsBatch(r) },
	"EventBridge in SQS": func(r string) string { return sqsBatch(eventBridge(r)) },
	"SQS receive-message": func(r string) string {
		return `{"Messages":[{"MessageId":"m","Body":` + inString(eventBridge(r)) + `}]}`
	},
	"SNS to Lambda":             func(r string) string { return snsLambda(eventBridge(r)) },
	"SNS over HTTP":             func(r string) string { return snsNotification(eventBridge(r)) },
	"SNS in SQS":                func(r string) string { return sqsBatch(snsNotification(eventBridge(r))) },
	"SNS raw in SQS":            func(r string) string { return sqsBatch(eventBridge(r)) },
	"log file":                  func(r string) string { return logFile(r) },
	"LookupEvents":              func(r string) string { return lookup(r) },
	"logs subscription":         func(r string) string { return `{"awslogs":{"data":"` + packed(r) + `"}}` },
	"logs data":                 func(r string) string { return logEvents(r) },
	"logs subscription in SQS":  func(r string) string { return sqsBatch(`{"awslogs":{"data":"` + packed(r) + `"}}`) },
	"EventBridge in a log line": func(r string) string { return logEvents(eventBridge(r)) },
	"Lambda destination": func(r string) string {
		return `{"version":"1.0","requestContext":{"condition":"RetriesExhausted"},"requestPayload":` + sqsBatch(eventBridge(r)) + `}`
	},
	"dead letters of SNS": func(r string) string { return sqsBatch(snsNotification(sqsBatch(eventBridge(r)))) },
}

// arrangements put two documents into one input.
var arrangements = map[string]func(a, b string) string{
	"concatenated":        func(a, b string) string { return a + b },
	"one a line":          func(a, b string) string { return a + "\n" + b + "\n" },
	"one a line, CRLF":    func(a, b string) string { return a + "\r\n" + b + "\r\n" },
	"indented":            func(a, b string) string { return indented(a) + "\n" + indented(b) },
	"array":               func(a, b string) string { return "[" + a + "," + b + "]" },
	"array, indented":     func(a, b string) string { return indented("[" + a + "," + b + "]") },
	"byte order mark":     func(a, b string) string { return "\xef\xbb\xbf" + a + "\n" + b },
	"gz":                  func(a, b string) string { return zipped(a + b) },
	"gz of lines":         func(a, b string) string { return zipped(a + "\n" + b + "\n") },
	"gz members":          func(a, b string) string { return zipped(a) + zipped(b) },
	"gz, byte order mark": func(a, b string) string { return zipped("\xef\xbb\xbf" + indented(a) + b) },
}

func indented(s string) string {
	var b bytes.Buffer
	if err := json.Indent(&b, []byte(s), "", "  "); err != nil {
		panic(err)
	}
	return b.String()
}

// detail is the record of a sample event, as compact JSON.
func detail(t testing.TB, name string) string {
	t.Helper()
	data, err := os.ReadFile(sample(t, name))
	if err != nil {
		t.Fatal(err)
	}
	var event struct{ Detail json.RawMessage }
	if err := json.Unmarshal(data, &event); err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := json.Compact(&b, event.Detail); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// The same record gives the same report, byte for byte, whatever it comes in and
// whatever it comes with.
func TestEnvelopes(t *testing.T) {
	dir := filepath.Join(folder(t, "events"), "estate")
	explain := func(input string) (int, string, string) {
		return run(t, func(s *Surroundings) { s.Stdin = strings.NewReader(input) }, "explain", "--format", "json", "--estate", dir)
	}
	pairs := [][2]string{
		{"18-external-id.json", "46-github-branch.json"},
		{"20-external-id-console.json", "34-session-tags.json"},
		{"55-address-unknown-console.json", "56-behind-endpoint.json"},
	}
	for i, pair := range pairs {
		a, b := detail(t, pair[0]), detail(t, pair[1])
		_, wantA, _ := explain(a)
		_, wantB, _ := explain(b)
		if strings.Count(wantA+wantB, "\n") != 2 {
			t.Fatalf("%v: not one report each: %s%s", pair, wantA, wantB)
		}
		turn := 0
		for _, outer := range sorted(envelopes) {
			wrap := envelopes[outer]
			if _, got, stderr := explain(wrap(a)); got != wantA || stderr != "" {
				t.Errorf("%s in %s: not the report of the bare record: %s%s", pair[0], outer, stderr, got)
			}
			for _, name := range sorted(arrangements) {
				if turn++; turn%thinned(1, 8) != i%thinned(1, 8) {
					continue
				}
				status, got, stderr := explain(arrangements[name](wrap(a), wrap(b)))
				if status != ok || stderr != "" || got != wantA+wantB {
					t.Errorf("%v in %s, %s: status %d, %s%s", pair, outer, name, status, stderr, got)
				}
			}
		}
	}
}

// Envelopes that hold many records give them in order.
func TestEnvelopesOfMany(t *testing.T) {
	a, b := detail(t, "18-external-id.json"), detail(t, "46-github-branch.json")
	var want string
	for name, input := range map[string]string{
		"":            a + b,
		"log file":    logFile(a, b),
		"lookup":      lookup(a, b),
		"SQS":         sqsBatch(eventBridge(a), eventBridge(b)),
		"SNS":         snsLambda(a, b),
		"logs":        `{"awslogs":{"data":"` + packed(a, b) + `"}}`,
		"body of two": sqsBatch(a + "\n" + b),
		"mixed":       eventBridge(a) + zipless(lookup(b)),
	} {
		_, got, stderr := run(t, func(s *Surroundings) { s.Stdin = strings.NewReader(input) }, "explain", "--format", "json")
		if want == "" {
			_, want, _ = run(t, func(s *Surroundings) { s.Stdin = strings.NewReader(a + b) }, "explain", "--format", "json")
		}
		if got != want || stderr != "" {
			t.Errorf("%s: %s%s", name, stderr, got)
		}
	}
}

// zipless is a document with white space around it.
func zipless(s string) string { return "\n\n\t " + s + " \n" }

func sorted[T any](m map[string]T) []string {
	names := make([]string, 0, len(m))
	for n := range m {
		names = append(names, n)
	}
	slices.Sort(names)
	return names
}
