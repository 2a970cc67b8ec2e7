package trail

import (
	"bytes"
	"compress/gzip"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

const deniedMessage = "User: arn:aws:iam::111122223333:user/alice is not authorized to perform: sts:AssumeRole on resource: arn:aws:iam::444455556666:role/deploy"

// bare is one denied AssumeRole as CloudTrail writes it, with this event id.
func bare(id string) string {
	return `{"eventVersion":"1.11","userIdentity":{"type":"IAMUser","principalId":"AIDAEXAMPLEALICE00001","arn":"arn:aws:iam::111122223333:user/alice","accountId":"111122223333","userName":"alice"},` +
		`"eventTime":"2026-09-01T10:00:00Z","eventSource":"sts.amazonaws.com","eventName":"AssumeRole","awsRegion":"us-east-1","sourceIPAddress":"203.0.113.10","userAgent":"aws-cli",` +
		`"errorCode":"AccessDenied","errorMessage":"` + deniedMessage + `","requestParameters":null,"responseElements":null,"eventID":"` + id + `","readOnly":true,"eventType":"AwsApiCall","recipientAccountId":"111122223333"}`
}

// quoted is s as a JSON string.
func quoted(s string) string {
	b, err := json.Marshal(s)
	if err != nil {
		panic(err)
	}
	return string(b)
}

func gzipped(s string) []byte {
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	if _, err := io.WriteString(z, s); err != nil {
		panic(err)
	}
	if err := z.Close(); err != nil {
		panic(err)
	}
	return b.Bytes()
}

// wrappings put a JSON text into one envelope each.
var wrappings = []struct {
	name string
	wrap func(string) string
}{
	{"eventbridge", func(s string) string {
		return `{"version":"0","id":"x","detail-type":"AWS API Call via CloudTrail","source":"aws.sts","detail":` + s + `}`
	}},
	{"sqs", func(s string) string {
		return `{"Records":[{"messageId":"m-1","body":` + quoted(s) + `,"eventSource":"aws:sqs","awsRegion":"us-east-1"}]}`
	}},
	{"sqs received", func(s string) string { return `{"Messages":[{"MessageId":"m-1","Body":` + quoted(s) + `}]}` }},
	{"sns lambda", func(s string) string {
		return `{"Records":[{"EventSource":"aws:sns","Sns":{"Type":"Notification","Message":` + quoted(s) + `}}]}`
	}},
	{"sns http", func(s string) string { return `{"Type":"Notification","Message":` + quoted(s) + `}` }},
	{"logs subscription", func(s string) string {
		data := `{"messageType":"DATA_MESSAGE","logEvents":[{"id":"1","timestamp":1,"message":` + quoted(s) + `}]}`
		return `{"awslogs":{"data":"` + base64.StdEncoding.EncodeToString(gzipped(data)) + `"}}`
	}},
	{"logs decoded", func(s string) string {
		return `{"messageType":"DATA_MESSAGE","logEvents":[{"id":"1","timestamp":1,"message":` + quoted(s) + `}]}`
	}},
	{"log file", func(s string) string { return `{"Records":[` + s + `]}` }},
	{"lambda destination", func(s string) string {
		return `{"version":"1.0","requestContext":{"condition":"RetriesExhausted"},"requestPayload":` + s + `}`
	}},
	{"lookup", func(s string) string {
		return `{"Events":[{"EventId":"1","ReadOnly":"true","CloudTrailEvent":` + quoted(s) + `}],"NextToken":"t"}`
	}},
}

// result is what Decode gave: event ids, and the text of errors.
func decodeAll(t testing.TB, input string) (ids, failures []string) {
	t.Helper()
	n := 0
	for r, err := range Decode(strings.NewReader(input), "events.json") {
		n++
		if err != nil {
			var re *RecordError
			if !errors.As(err, &re) || r != nil {
				t.Fatalf("error %v with record %v: want a *RecordError and none", err, r)
			}
			failures = append(failures, err.Error())
			continue
		}
		if r.Position.Record != n || r.Position.File != "events.json" {
			t.Errorf("position of result %d is %v", n, r.Position)
		}
		ids = append(ids, r.ID)
	}
	return ids, failures
}

func TestEnvelopes(t *testing.T) {
	var want *Record
	for r, err := range Decode(strings.NewReader(bare("e-1")), "events.json") {
		if err != nil {
			t.Fatal(err)
		}
		want = r
	}
	if want.Class != Denied || want.Hint.RoleARN != "arn:aws:iam::444455556666:role/deploy" || want.Params != nil || want.Identity.UserName != "alice" {
		t.Fatalf("bare record: %+v", want)
	}
	inputs := map[string]string{"array": "[" + bare("e-1") + "]", "mark": "\xef\xbb\xbf" + bare("e-1"), "gzip": string(gzipped(bare("e-1")))}
	for _, w := range wrappings {
		inputs[w.name] = w.wrap(bare("e-1"))
		inputs[w.name+", in an array"] = "[" + w.wrap(bare("e-1")) + "]"
		inputs[w.name+", gzip"] = string(gzipped(w.wrap(bare("e-1"))))
		inputs[w.name+", indented"] = indented(w.wrap(bare("e-1")))
		for _, outer := range wrappings {
			if w.name == "logs subscription" && outer.name == w.name {
				continue
			}
			inputs[w.name+" in "+outer.name] = outer.wrap(w.wrap(bare("e-1")))
		}
	}
	for name, input := range inputs {
		t.Run(name, func(t *testing.T) {
			n := 0
			for r, err := range Decode(strings.NewReader(input), "events.json") {
				n++
				if err != nil {
					t.Fatal(err)
				}
				r.Position.Offset = want.Position.Offset
				if d := cmp.Diff(want, r); d != "" {
					t.Errorf("not the bare record (-want +got):\n%s", d)
				}
			}
			if n != 1 {
				t.Errorf("%d records, want 1", n)
			}
		})
	}
}

func indented(s string) string {
	var b bytes.Buffer
	if err := json.Indent(&b, []byte(s), "", "  "); err != nil {
		panic(err)
	}
	return b.String()
}

func TestEnvelopeLimit(t *testing.T) {
	for _, w := range wrappings {
		if w.name == "logs subscription" {
			continue
		}
		four := bare("e-1")
		for range MaxEnvelopes {
			four = w.wrap(four)
		}
		if ids, failures := decodeAll(t, four); len(ids) != 1 || failures != nil {
			t.Errorf("%s: %d levels gave %v, %v", w.name, MaxEnvelopes, ids, failures)
		}
		ids, failures := decodeAll(t, w.wrap(four)+"\n"+bare("e-2"))
		if d := cmp.Diff([]string{"e-2"}, ids); d != "" || len(failures) != 1 || !strings.Contains(failures[0], "more than 4 nested envelopes") {
			t.Errorf("%s: %d levels gave %v, %v", w.name, MaxEnvelopes+1, ids, failures)
		}
	}
	// Packed data inside packed data is refused at any level: it could unpack without end.
	sub := wrappings[5].wrap
	if ids, failures := decodeAll(t, sub(sub(bare("e-1")))); len(ids) != 0 || len(failures) != 1 {
		t.Errorf("packed in packed gave %v, %v", ids, failures)
	}
}

func TestStreams(t *testing.T) {
	e := wrappings[0].wrap
	tests := []struct {
		name, input string
		ids         []string
		failures    []string // a part of each
	}{
		{"concatenated", bare("1") + bare("2") + e(bare("3")), []string{"1", "2", "3"}, nil},
		{"one a line", bare("1") + "\n" + e(bare("2")) + "\r\n" + bare("3") + "\n", []string{"1", "2", "3"}, nil},
		{"indented, concatenated", indented(bare("1")) + "\n" + indented(bare("2")), []string{"1", "2"}, nil},
		{"array of kinds", "[" + bare("1") + "," + e(bare("2")) + "," + wrappings[7].wrap(bare("3")) + ",[" + bare("4") + "]]", []string{"1", "2", "3", "4"}, nil},
		{"log file", `{"Records":[` + bare("1") + "," + bare("2") + `],"x":1}`, []string{"1", "2"}, nil},
		{"empty log file", `{"Records":[]}`, nil, nil},
		{"control message", `{"messageType":"CONTROL_MESSAGE","logEvents":[{"id":"","message":"CWL CONTROL MESSAGE: Checking health of destination"}]}`, nil, nil},

		{"empty", "", nil, []string{"events.json: empty: hand over"}},
		{"white space", " \n\t\n", nil, []string{"empty"}},
		{"empty gzip", string(gzipped("")), nil, []string{"empty"}},
		{"binary", "\x7fELF\x02\x01\x01\x00\x00", nil, []string{"binary data"}},
		{"binary gzip", string(gzipped("PK\x03\x04")), nil, []string{"binary data"}},
		{"utf-16", "\xff\xfe{\x00}\x00", nil, []string{"save it as UTF-8"}},
		{"gzip header", "\x1f\x8b\x00\x00", nil, []string{"gzip header"}},
		{"prose", "there is nothing\nto see here\n", nil, []string{"record 1 (byte 0): neither JSON nor"}},
		{"scalar", "[1,null," + bare("1") + "]", []string{"1"}, []string{"record 1 (byte 1): not a CloudTrail record: no JSON object", "record 2 (byte 3)"}},
		{"no record", "{}\n" + bare("1"), []string{"1"}, []string{"record 1 (byte 0): not a CloudTrail record: neither"}},
		{"no source", `{"eventName":"AssumeRole"}`, nil, []string{"no eventSource"}},
		{"source is a number", `{"eventName":"AssumeRole","eventSource":3}`, nil, []string{"no eventSource"}},
		{"no name", `{"eventSource":"sts.amazonaws.com"}`, nil, []string{"no eventName"}},
		{"notification", `{"Records":[{"eventSource":"aws:s3","eventName":"ObjectCreated:Put"}]}`, nil, []string{"hand over the object"}},
		{"body is prose", `{"Records":[{"messageId":"1","body":"hello"}]}` + bare("2"), []string{"2"}, []string{"text in the SQS message is not JSON"}},
		{"body is empty", `{"Records":[{"messageId":"1","body":""}]}`, nil, []string{"envelope is empty"}},
		{"data is not packed", `{"awslogs":{"data":"e30="}}`, nil, []string{"the CloudWatch Logs data is not gzip data: copy the event again"}},
		{"data is not base64", `{"awslogs":{"data":"?"}}`, nil, []string{"record 1 (byte 0): the CloudWatch Logs data is not base64: copy the event again"}},
		{"data ends early", `{"awslogs":{"data":"` + base64.StdEncoding.EncodeToString(gzipped(bare("1"))[:60]) + `"}}`, nil, []string{"the gzip data ends early: copy the event again"}},
		{"data ends in its header", `{"awslogs":{"data":"H4sI"}}`, nil, []string{"the gzip data ends early: copy the event again"}},
		{"gzip ends in its header", "\x1f\x8b\x08", nil, []string{"events.json: reading the gzip header: the gzip data ends early: copy the file again"}},
		{"null", "null", nil, []string{"events.json: record 1 (byte 0): is JSON, but no CloudTrail record: hand over"}},
		{"a number", "42\n", nil, []string{"is JSON, but no CloudTrail record: hand over"}},
		{"a text", `"x"`, nil, []string{"is JSON, but no CloudTrail record: hand over"}},
		{"another event", `{"detail-type":"EC2 Instance State-change Notification","detail":{"state":"running"}}`, nil, []string{"neither eventSource"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			ids, failures := decodeAll(t, tt.input)
			if d := cmp.Diff(tt.ids, ids); d != "" {
				t.Errorf("records (-want +got):\n%s", d)
			}
			checkFailures(t, tt.failures, failures)
		})
	}
}

// checkFailures wants each error to contain its part.
func checkFailures(t *testing.T, want, got []string) {
	t.Helper()
	if len(want) != len(got) {
		t.Fatalf("errors %q, want %q", got, want)
	}
	for i := range want {
		if !strings.Contains(got[i], want[i]) {
			t.Errorf("error %q does not say %q", got[i], want[i])
		}
	}
}

// Data that was changed on its way is told as such.
func TestDamagedGzip(t *testing.T) {
	whole := gzipped(bare("1"))
	sum := len(whole) - 8
	whole[sum] ^= 0xff
	_, failures := decodeAll(t, string(whole))
	checkFailures(t, []string{"the gzip data is damaged: copy the file again"}, failures)
}

func TestDecodeStopsWhenAsked(t *testing.T) {
	for _, input := range []string{
		`{"Records":[` + bare("1") + "," + bare("2") + "]}" + bare("3"), "[3,4]" + bare("1"),
		deniedMessage + "\n" + deniedMessage, "{]\n{]\n", "", wrappings[1].wrap(bare("1") + bare("2")),
	} {
		n := 0
		for _, err := range Decode(strings.NewReader(input), "") {
			_ = err
			n++
			break
		}
		if n != 1 {
			t.Errorf("%.30q: %d results", input, n)
		}
	}
}

// failing is a reader that breaks off.
type failing struct{ io.Reader }

var errBroken = errors.New("the disk is gone")

func (f failing) Read(p []byte) (int, error) {
	n, err := f.Reader.Read(p)
	if errors.Is(err, io.EOF) {
		err = errBroken
	}
	return n, err
}

func TestReaderBreaksOff(t *testing.T) {
	for _, input := range []string{bare("1"), bare("1") + bare("2")[:100], `{"Records":[` + bare("1") + ","} {
		var records, failures int
		for _, err := range Decode(failing{strings.NewReader(input)}, "x") {
			if err == nil {
				records++
				continue
			}
			failures++
			if !errors.Is(err, errBroken) {
				t.Errorf("%v does not wrap the reader's error", err)
			}
		}
		if records != 1 || failures != 1 {
			t.Errorf("%d records, %d errors", records, failures)
		}
	}
}

func ExampleDecode() {
	input := `{"detail":{"eventSource":"sts.amazonaws.com","eventName":"AssumeRole","errorCode":"AccessDenied","errorMessage":"` + deniedMessage + `"}} {"detail":{}}`
	for r, err := range Decode(strings.NewReader(input), "events.json") {
		if err != nil {
			fmt.Println(err)
			continue
		}
		fmt.Println(r.Class == Denied, r.Hint.RoleARN)
	}
	// Output:
	// true arn:aws:iam::444455556666:role/deploy
	// events.json: record 2 (byte 255): not a CloudTrail record: neither eventSource nor eventName, and no envelope that is known
}

// packedText is s as CloudWatch Logs packs it.
func packedText(s string) string { return base64.StdEncoding.EncodeToString(gzipped(s)) }
