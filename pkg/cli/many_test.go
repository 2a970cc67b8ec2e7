package cli

import (
	"fmt"
	"io"
	"runtime"
	"strings"
	"testing"

	"github.com/assumewhy/assumewhy/pkg/trail"
)

// made is an input that is made while it is read: piece(0), piece(1), ... n of
// them. Every 10,000 pieces it looks at the heap.
type made struct {
	n, next int
	piece   func(i int) string
	left    string
	size    int64
	most    uint64 // of bytes in use on the heap
}

func (m *made) Read(p []byte) (int, error) {
	if m.left == "" {
		if m.next == m.n {
			return 0, io.EOF
		}
		if m.next%10_000 == 5_000 {
			var s runtime.MemStats
			runtime.GC()
			runtime.ReadMemStats(&s)
			m.most = max(m.most, s.HeapAlloc)
		}
		m.left = m.piece(m.next)
		m.size += int64(len(m.left))
		m.next++
	}
	n := copy(p, m.left)
	m.left = m.left[n:]
	return n, nil
}

// other is a record of another call, of about 1,500 bytes.
func other(i int) string {
	return fmt.Sprintf(`{"eventVersion":"1.11","userIdentity":{"type":"AssumedRole","principalId":"AROAEXAMPLE:i-%06d","arn":"arn:aws:sts::111122223333:assumed-role/app/i-%06[1]d","accountId":"111122223333"},"eventTime":"2026-10-14T10:00:00Z","eventSource":"s3.amazonaws.com","eventName":"GetObject","awsRegion":"eu-west-1","sourceIPAddress":"203.0.113.7","userAgent":"aws-sdk","requestParameters":{"bucketName":"b","key":"k/%[1]d","pad":"%s"},"responseElements":null,"eventID":"e-%[1]d"}`, i, strings.Repeat("x", thinned(1100, 100)))
}

// badRecords are what may stand in the place of a record, and what is said.
var badRecords = []struct{ text, said string }{
	{`{"eventVersion":"1.08","userIdentity":{"type":"IAMUser","arn":`, "not valid JSON"},
	{`{"eventVersion":"1.08","eventSource":7,"eventName":"AssumeRole"}`, "it has no eventSource"},
	{`{"eventVersion":"1.08","eventSource":"sts.amazonaws.com","eventName":"AssumeRole","errorCode":["AccessDenied"]}`, "its errorCode is not of the type"},
	{`"AssumeRole"`, "no JSON object"},
	{`{"eventVersion":"` + strings.Repeat("9", trail.MaxRecord) + `"}`, "larger than 1048576 bytes"},
	{deep(trail.MaxDepth), "nested deeper than 64 levels"},
	{"\x00\x01\x7fELF\xff\xfe\x00", "where a value is expected"},
	{`{"eventVersion":"1.08","userIdentity":"` + "\xff\xfe" + `"` + "\x00" + `}`, "not valid JSON"},
	{`7`, "no JSON object"},
	{`{"eventVersion":"1.08","detail":{"a":1}}`, "neither eventSource nor eventName"},
}

// One log file of 100,000 records and about 150 MB, which nobody has in memory:
// the broken ones among them are named with file and position, the others that
// are ours are explained, and the heap stays small.
func TestManyRecords(t *testing.T) {
	const ours = 400
	n := thinned(100_000, 20_000)
	every := n / 100 * 9
	event := strings.ReplaceAll(deniedEvent, "\n", "")
	broken := map[int]int{}
	input := &made{n: n, piece: func(i int) string {
		end := ","
		switch i {
		case n - 1:
			end = "]}\n"
		case 0:
			return `{"Records":[` + other(0) + ",\n"
		}
		if i%10 == 0 {
			end += "\n"
		}
		if i%every == every-1 && i/every < len(badRecords) {
			broken[i+1] = i / every
			return badRecords[i/every].text + ",\n"
		}
		if i%(n/ours) == 7 {
			return event + end
		}
		return other(i) + end
	}}
	reports := 0
	out := writerFunc(func(p []byte) (int, error) { reports += strings.Count(string(p), "\n"); return len(p), nil })
	status, _, stderr := run(t, func(s *Surroundings) { s.Stdin, s.Stdout = input, out }, "explain", "--format", "json")
	if status != failed || reports != ours || len(broken) != len(badRecords) {
		t.Errorf("status %d, %d reports, %d broken", status, reports, len(broken))
	}
	for at, which := range broken {
		if bad := badRecords[which]; !told(stderr, fmt.Sprintf("standard input: record %d (byte ", at), bad.said) {
			t.Errorf("record %d is not named with %q:\n%s", at, bad.said, stderr)
		}
	}
	want := fmt.Sprintf("%d events: %d explained, %d not failed role switches, %d not readable\n", n, ours, n-ours-len(broken), len(broken))
	if !strings.HasSuffix(stderr, want) || strings.Count(stderr, "\n") != len(broken)+1 {
		t.Errorf("standard error:\n%s\nwant at its end: %s", stderr, want)
	}
	if input.size < int64(thinned(140, 6))<<20 || input.most > 40<<20 {
		t.Errorf("%d MB read, %d MB on the heap", input.size>>20, input.most>>20)
	}
}

// told says whether one line has all of the words.
func told(text string, words ...string) bool {
	for line := range strings.Lines(text) {
		found := true
		for _, w := range words {
			found = found && strings.Contains(line, w)
		}
		if found {
			return true
		}
	}
	return false
}
