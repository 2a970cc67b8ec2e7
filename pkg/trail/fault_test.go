package trail

import (
	"fmt"
	"io"
	"runtime"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestFaults(t *testing.T) {
	one, two, three := bare("1"), bare("2"), bare("3")
	list := func(s ...string) string { return `{"Records":[` + strings.Join(s, ",") + `]}` }
	lines := func(s ...string) string { return strings.Join(s, "\n") + "\n" }
	long := func(n int) string { return `{"eventVersion":"1.11","pad":"` + strings.Repeat("x", n) + `"}` }
	deep := func(n int) string { return strings.Repeat(`{"a":`, n) + "1" + strings.Repeat("}", n) }
	tests := []struct {
		name, input string
		ids         []string
		failures    []string
	}{
		{"list, word without quotes", list(one, `{"eventName":AssumeRole}`, three), []string{"1", "3"}, []string{`record 2`}},
		{"list, trailing comma", list(one, `{"a":{"b":1,}}`, three), []string{"1", "3"}, []string{`stands '}' where a member's name is expected`}},
		{"list, cut record", list(one, `{"eventVersion":"1.08","userIdentity":{"type":`, three), []string{"1", "3"}, []string{"not valid JSON"}},
		{"list, cut in a string", list(one, `{"eventVersion":"1.08","userIden`, three), []string{"1", "3"}, []string{"not valid JSON"}},
		{"list, garbage scalar", list(one, "abc", three), []string{"1", "3"}, []string{"'a' where a value"}},
		{"list, nothing between commas", list(one, "", three), []string{"1", "3"}, []string{"',' where a value"}},
		{"list, missing comma", `{"Records":[` + one + three + `]}`, []string{"1", "3"}, nil},
		{"list, wrong bracket", `{"Records":[` + one + `}` + "\n" + two, []string{"1", "2"}, []string{"stands '}'", "stands '{'"}},
		{"list, bad escape", list(one, `{"a":"\x"}`, three), []string{"1", "3"}, []string{"an escape"}},
		{"list, bad number", list(one, `{"a":01}`, three), []string{"1", "3"}, []string{"number"}},
		{"list, indented", indented(list(one)) + "\n", []string{"1"}, nil},
		{"indented list, bad value", strings.Replace(indented(list(one, two, three)), `"eventID": "2"`, `"eventID": two`, 1), []string{"1", "3"}, []string{"'w' where true"}},
		{"lines, cut in a string", lines(one, two[:60], three), []string{"1", "3"}, []string{"end of a string"}},
		{"lines, cut between tokens", lines(one, `{"a":1`, three), []string{"1", "3"}, []string{"'{' where a comma"}},
		{"lines, prose", lines(one, "hello", three), []string{"1", "3"}, []string{"neither JSON"}},
		{"lines, closing brackets", lines(one, "]}", three), []string{"1", "3"}, []string{"neither JSON"}},
		{"indented, cut, next", strings.TrimSuffix(indented(one), "\n}") + "\n" + indented(two), []string{"2"}, []string{"record 1 (byte 0): not valid"}},
		{"log line", lines("[ERROR] something", one), []string{"1"}, []string{"neither JSON"}},
		{"truncated record", list(one, two)[:len(one)+100], []string{"1"}, []string{"record 2 (byte 695): the input ends in the middle"}},
		{"truncated list", `{"Records":[` + one, []string{"1"}, []string{"the input ends"}},
		{"truncated object", `{"Records":[` + one + `]`, []string{"1"}, []string{"the input ends"}},
		{"truncated gzip", string(gzipped(one + two)[:150]), nil, []string{"the gzip data ends early: copy the file again"}},
		{"truncated body", wrappings[1].wrap(one+two[:50]) + three, []string{"1", "3"}, []string{"the input ends in the middle"}},
		{"1 MiB", lines(long(MaxRecord-len(long(0))), one), []string{"1"}, []string{"neither eventSource"}},
		{"over 1 MiB", lines(long(MaxRecord), one), []string{"1"}, []string{"larger than 1048576 bytes"}},
		{"10 MB", lines(one, long(10_000_000), three), []string{"1", "3"}, []string{"larger than 1048576 bytes"}},
		{"10 MB in a list", list(one, long(10_000_000), three), []string{"1", "3"}, []string{"larger than 1048576 bytes"}},
		{"an array in the place of a record", list(one, "["+two+"]", three), []string{"1", "2", "3"}, nil},
		{"an empty array in the place of a record", list(one, `[ ]`, three), []string{"1", "3"}, []string{"an empty array"}},
		{"an array of no records", list(one, `["a",7]`, three), []string{"1", "3"}, []string{"no JSON object", "no JSON object"}},
		{"over 1 MiB in a list", list(one, long(MaxRecord-len(long(0))+1), three), []string{"1", "3"}, []string{"larger than"}},
		{"over 1 MiB of white space", list(one, `{"a":`+strings.Repeat(" ", MaxRecord)+`1}`, three), []string{"1", "3"}, []string{"larger than"}},
		{"over 1 MiB of number", list(one, strings.Repeat("1", MaxRecord+1), three), []string{"1", "3"}, []string{"larger than"}},
		{"64 levels", lines(deep(64), one), []string{"1"}, []string{"neither eventSource"}},
		{"65 levels", lines(deep(65), one), []string{"1"}, []string{"nested deeper than 64 levels"}},
		{"65 lists", lines(strings.Repeat("[", 65)+one+strings.Repeat("]", 65), two), []string{"2"}, []string{"nested deeper than 64"}},
		{"100,000 lists without an end", strings.Repeat("[", 100_000), nil, []string{"nested deeper than 64"}},
		{"65 levels in a list", list(one, deep(65), three), []string{"1", "3"}, []string{"nested deeper"}},
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

// Every way to cut a log file gives the records before the cut and one error.
func TestEveryTruncation(t *testing.T) {
	whole := `{"Records":[` + bare("1") + "," + bare("2") + `]}`
	second := strings.Index(whole, bare("2"))
	for n := 1; n < len(whole); n++ {
		ids, failures := decodeAll(t, whole[:n])
		want := 0
		if n >= second-1 {
			want++
		}
		if n >= second+len(bare("2")) {
			want++
		}
		if len(ids) != want || len(failures) != 1 {
			t.Fatalf("cut at %d: records %v, errors %q", n, ids, failures)
		}
	}
}

// One byte changed anywhere in the middle record of three never touches the
// others.
func TestEveryDamage(t *testing.T) {
	for from, form := range []string{"{\"Records\":[%s,\n%s,\n%s]}", "%s\n%s\n%s\n", "{\"Records\":[%s,%s,%s]}"} {
		second := bare("2")
		for i := 1 + from; i < len(second); i += 5 {
			for _, c := range []byte("\x00\"{,]\\") {
				bad := second[:i] + string(c) + second[i+1:]
				ids, _ := decodeAll(t, fmt.Sprintf(form, bare("1"), bad, bare("3")))
				if len(ids) < 2 || ids[0] != "1" || ids[len(ids)-1] != "3" {
					t.Fatalf("%s: %q at %d: records %v", form, c, i, ids)
				}
			}
		}
	}
}

// repeated is the middle of a log file that is made while it is read.
type repeated struct {
	n, bad  int
	between string
	made    int
	left    []byte
}

func (r *repeated) Read(p []byte) (int, error) {
	if len(r.left) == 0 {
		if r.made == r.n {
			return 0, io.EOF
		}
		s := `{"eventVersion":"1.11","eventSource":"sts.amazonaws.com","eventName":"AssumeRole","errorCode":"AccessDenied","eventID":"` + strconv.Itoa(r.made) + `"}`
		if r.made == r.bad {
			s = s[:60]
		}
		r.made++
		r.left = []byte(s + r.between)
	}
	n := copy(p, r.left)
	r.left = r.left[n:]
	return n, nil
}

func TestManyRecords(t *testing.T) {
	for between, n := range map[string]int{"\n": 100_000, ",": 10_000} {
		bad := n / 2
		records, failures := 0, 0
		var before, after runtime.MemStats
		runtime.GC()
		runtime.ReadMemStats(&before)
		input := io.MultiReader(strings.NewReader(`{"Records":[`), &repeated{n: n, bad: bad, between: between}, strings.NewReader(bare("last")+"]}"))
		for r, err := range Decode(input, "big.json") {
			if err != nil {
				failures++
				continue
			}
			if records++; records == n/2 {
				runtime.GC()
				runtime.ReadMemStats(&after)
			}
			if r.Class != Denied {
				t.Fatalf("record %v: class %v", r.Position, r.Class)
			}
		}
		if records != n || failures != 1 {
			t.Errorf("between %q: %d records, %d errors", between, records, failures)
		}
		if grown := int64(after.HeapAlloc) - int64(before.HeapAlloc); grown > 4<<20 {
			t.Errorf("%d bytes of heap in the middle of the stream", grown)
		}
	}
}

// A bomb of packed data ends at its limit, in bounded memory.
func TestPackedBomb(t *testing.T) {
	for _, inside := range []string{strings.Repeat(" ", MaxUnpacked+1), `{"a":"` + strings.Repeat("a", MaxUnpacked), strings.Repeat("\n[", MaxUnpacked/2)} {
		input := `{"awslogs":{"data":"` + packedText(inside) + `"}}` + bare("2")
		ids, failures := decodeAll(t, input)
		if d := cmp.Diff([]string{"2"}, ids); d != "" || len(failures) == 0 {
			t.Errorf("records %v, %d errors", ids, len(failures))
		}
		if last := failures[len(failures)-1]; !strings.Contains(last, "larger than") && !strings.Contains(last, "rest of this envelope") {
			t.Errorf("last error %q", last)
		}
	}
}
