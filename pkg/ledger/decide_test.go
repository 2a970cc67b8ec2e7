package ledger

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

var noon = time.Date(2026, 10, 14, 12, 0, 0, 0, time.UTC)

// found is a finding with causes, given as "code" or, after a bar, the layers
// that could not be known: "trust.no_principal scp.no_allow | scp".
func found(s string) Finding {
	codes, unread, _ := strings.Cut(s, "|")
	f := Finding{Incident: "i", Fingerprint: strings.TrimSpace(codes), At: noon, Unread: strings.Fields(unread)}
	for _, c := range strings.Fields(codes) {
		f.Causes = append(f.Causes, Said{c, strings.SplitN(c, ".", 2)[0]})
	}
	return f
}

// step is what happens at a time after noon, and what is to be done about it.
type step struct {
	at    time.Duration
	found string // findings, separated by commas; "told" is the end of an alert
	want  string
}

func TestDecide(t *testing.T) {
	const a, b = "trust.no_principal", "scp.explicit_deny"
	for name, steps := range map[string][]step{
		"counts after the first": {{0, a, "alert new"}, {0, "told", ""}, {time.Second, a, "count"}, {time.Minute, a, "count"}},
		"one message a batch":    {{0, strings.Repeat(a+",", 99) + a, "alert new"}},
		"other causes": {
			{0, a, "alert new"}, {0, "told", ""}, {time.Second, b, "alert_again fingerprint"}, {time.Second, "told", ""}, {2 * time.Second, b, "count"},
		},
		"more causes":   {{0, a, "alert new"}, {0, "told", ""}, {1, a + " " + b, "alert_again fingerprint"}},
		"less causes":   {{0, a + " " + b, "alert new"}, {0, "told", ""}, {1, a, "alert_again fingerprint"}},
		"unread":        {{0, a + " " + b, "alert new"}, {0, "told", ""}, {1, a + "|scp", "count"}, {2, a + " " + b, "count"}},
		"other unread":  {{0, a + " " + b, "alert new"}, {0, "told", ""}, {1, a + "|rcp identity", "alert_again fingerprint"}},
		"all unread":    {{0, a + " " + b, "alert new"}, {0, "told", ""}, {1, "|scp trust", "count"}},
		"unread, told":  {{0, a + " " + b, "alert new"}, {0, "told", ""}, {1, a + " evidence.unreadable|scp", "count"}},
		"unread, new":   {{0, a + " " + b, "alert new"}, {0, "told", ""}, {1, a + " rcp.explicit_deny|scp", "alert_again fingerprint"}},
		"read at last":  {{0, "evidence.unreadable|trust", "alert new"}, {0, "told", ""}, {1, a, "alert_again fingerprint"}},
		"nothing found": {{0, "", "alert new"}, {0, "told", ""}, {1, "", "count"}},
		"to and fro": {
			{0, a, "alert new"},
			{0, "told", ""},
			{time.Minute, b, "alert_again fingerprint"},
			{time.Minute, "told", ""},
			{2 * time.Minute, a, "count"},
			{3 * time.Minute, b, "count"},
			{61 * time.Minute, a, "alert_again fingerprint"},
		},
		"changes within a batch": {{0, a + "," + b, "alert new 1"}, {0, "told", ""}, {1, a + "," + a, "count"}},
		"quiet":                  {{0, a, "alert new"}, {0, "told", ""}, {24 * time.Hour, a, "alert_again quiet"}, {24 * time.Hour, "told", ""}, {24*time.Hour + 1, a, "count"}},
		"never quiet": {
			{0, a, "alert new"}, {0, "told", ""}, {23 * time.Hour, a, "update"}, {46 * time.Hour, a, "update"}, {69 * time.Hour, a, "update"},
		},
		"updates": {
			{0, a, "alert new"},
			{0, "told", ""},
			{4 * time.Minute, a, "count"},
			{5 * time.Minute, a, "update"},
			{14 * time.Minute, a, "count"},
			{15 * time.Minute, a, "update"},
			{34 * time.Minute, a, "count"},
			{35 * time.Minute, a, "update"},
		},
		"an update waits for its alert": {{0, a, "alert new"}, {4 * time.Minute, a, "count"}, {5 * time.Minute, a, "alert new resumed"}},
		"owed": {
			{0, a, "alert new"},
			{time.Minute, a, "count"},
			{5 * time.Minute, a, "alert new resumed"},
			{9 * time.Minute, a, "count"},
			{10 * time.Minute, a, "alert new resumed"},
			{10 * time.Minute, "told", ""},
			{11 * time.Minute, a, "count"},
		},
		"an update of what was told": {
			{0, a, "alert new"},
			{0, "told", ""},
			{6 * time.Minute, "evidence.unreadable|trust", "count"}, // the next of its own kind tells it, or the schedule
			{7 * time.Minute, "x.y," + a + ",evidence.unreadable|trust,x.y", "update 1"},
		},
		"an update passes over suppressed calls": {{0, a, "alert new"}, {0, "told", ""}, {6 * time.Minute, a + "," + a + ",x.y", "update 1"}},
		"owed, resumed by less": {
			{0, a, "alert new"},
			{5 * time.Minute, "evidence.unreadable|trust", "alert new resumed"},
			{5 * time.Minute, "told", ""},
			{6 * time.Minute, a, "alert_again fingerprint"}, // nobody was told of it
			{6 * time.Minute, "told", ""},
			{7 * time.Minute, "evidence.unreadable|trust", "count"},
		},
		"owed, resumed beside a suppressed call": {{0, a, "alert new"}, {5 * time.Minute, b + "|trust,x.y", "alert fingerprint"}},
		"owed, resumed before a suppressed call": {{0, a, "alert new"}, {5 * time.Minute, "|trust,x.y", "alert new resumed"}},
		"owed and overtaken": {
			{0, a, "alert new"},
			{0, "told", ""},
			{time.Minute, b, "alert_again fingerprint"},
			{6 * time.Minute, "rcp.explicit_deny", "alert_again fingerprint"},
			{6 * time.Minute, "told", ""},
			{7 * time.Minute, b, "alert_again fingerprint"}, // nobody was told of it
			{7 * time.Minute, "told", ""},
			{8 * time.Minute, a, "count"}, // which was
		},
		"owed again": {{0, a, "alert new"}, {0, "told", ""}, {1, b, "alert_again fingerprint"}, {5*time.Minute + 1, b, "alert_again fingerprint resumed"}},
		"suppressed": {
			{0, "x.y", "suppressed"},
			{time.Minute, "x.y,x.y", "suppressed"},
			{2 * time.Minute, "x.y," + a, "alert new 1"},
			{2 * time.Minute, "told", ""},
			{59 * time.Minute, "x.y", "suppressed"},
			{time.Hour, "x.y", "alert_again fingerprint"},
		},
		"clock that goes back": {{time.Hour, a, "alert new"}, {time.Hour, "told", ""}, {0, a, "count"}, {time.Hour, a, "count"}},
	} {
		t.Run(name, func(t *testing.T) { play(t, steps) })
	}
}

func play(t *testing.T, steps []step) {
	list := []Suppression{{ID: "s", Code: "x.*", Expires: noon.Add(time.Hour)}}
	var kept *Incident
	count, suppressed := 0, 0
	for n, s := range steps {
		now := noon.Add(s.at)
		if s.found == "told" {
			i := kept.told(kept.Owed, map[string]string{"c": "t"}, now)
			kept = &i
			continue
		}
		var batch []Finding
		for _, one := range strings.Split(s.found, ",") {
			f := found(one)
			if len(f.Causes) > 0 {
				f.Code = f.Causes[0].Code
			}
			batch = append(batch, f)
		}
		before := cmp.Diff(kept, (*Incident)(nil))
		i, d := DefaultRules.Decide(kept, batch, list, now)
		if kept != nil && cmp.Diff(kept, (*Incident)(nil)) == "" && before != "" {
			t.Error("what was kept is changed")
		}
		kept = &i
		got := strings.TrimSpace(fmt.Sprintf("%s %s", d.Action, d.Why))
		if d.Finding > 0 {
			got += fmt.Sprint(" ", d.Finding)
		}
		if d.Resumed {
			got += " resumed"
		}
		count, suppressed = count+len(batch), suppressed+d.Suppressed
		if got != s.want {
			t.Fatalf("step %d (%s): %s, want %s", n, s.found, got, s.want)
		}
		if i.Count != count || i.Suppressed != suppressed {
			t.Errorf("step %d: %d counted, %d suppressed; want %d, %d", n, i.Count, i.Suppressed, count, suppressed)
		}
	}
}

// TestResumedByAnother: what is kept of an incident is what was told of it, so
// that its report is found; it is one alert.
func TestResumedByAnother(t *testing.T) {
	i, _ := DefaultRules.Decide(nil, []Finding{found("trust.a")}, nil, noon)
	now := noon.Add(DefaultRules.Lease)
	poor := found("evidence.unreadable|trust")
	i, d := DefaultRules.Decide(&i, []Finding{poor}, nil, now)
	if !d.Resumed || i.Fingerprint != poor.Fingerprint || i.Alerts != 1 || !i.ToldAt.Equal(now) || i.ToldCount != 2 {
		t.Errorf("%+v: %+v", d, i)
	}
	if diff := cmp.Diff(poor.Causes, i.Said) + cmp.Diff([]Print{{poor.Fingerprint, now}}, i.Prints); diff != "" {
		t.Error(diff)
	}
}

// TestHostileFingerprints: whoever can vary what denies makes no more than a
// handful of alerts.
func TestHostileFingerprints(t *testing.T) {
	var kept *Incident
	alerts := 0
	for n := range 5000 {
		i, d := DefaultRules.Decide(kept, []Finding{found(fmt.Sprintf("trust.c%d", n))}, nil, noon.Add(time.Duration(n)*time.Second))
		if d.Action == Alert || d.Action == AlertAgain {
			alerts++
		}
		i = i.told(i.Owed, nil, noon.Add(time.Duration(n)*time.Second))
		kept = &i
	}
	if alerts != maxPrints || len(kept.Prints) > maxPrints {
		t.Errorf("%d alerts, %d fingerprints kept", alerts, len(kept.Prints))
	}
}

// TestTimes: calls arrive in any order.
func TestTimes(t *testing.T) {
	late, early := found("trust.a"), found("trust.a")
	late.At, early.At = noon.Add(time.Minute), noon.Add(-time.Minute)
	i, _ := DefaultRules.Decide(nil, []Finding{found("trust.a"), late, early}, nil, noon)
	if !i.First.Equal(early.At) || !i.Last.Equal(late.At) || !i.Seen.Equal(noon) || !i.Expires.Equal(noon.Add(DefaultRules.KeepIncidents)) {
		t.Errorf("%+v", i)
	}
}

func TestSuppressionCovers(t *testing.T) {
	f := Finding{Incident: "i", Code: "trust.no_principal", Caller: "arn:aws:iam::111122223333:user/bob", Account: "111122223333", Role: "arn:aws:iam::444455556666:role/x", RoleAccount: "444455556666"}
	for _, test := range []struct {
		s    Suppression
		want bool
	}{
		{Suppression{Incident: "i"}, true},
		{Suppression{Incident: "j"}, false},
		{Suppression{Code: "trust.*"}, true},
		{Suppression{Code: "trust"}, false},
		{Suppression{Account: "111122223333"}, true},
		{Suppression{Account: "444455556666"}, true},
		{Suppression{Account: "777788889999"}, false},
		{Suppression{Caller: "arn:aws:iam::111122223333:user/*", Role: "arn:aws:iam::444455556666:role/x"}, true},
		{Suppression{Caller: "arn:aws:iam::111122223333:user/*", Role: "arn:aws:iam::444455556666:role/y"}, false},
	} {
		test.s.Expires = noon.Add(time.Second)
		if got := suppressedBy([]Suppression{test.s}, &f, noon) != nil; got != test.want {
			t.Errorf("%+v: %v", test.s, got)
		}
		if suppressedBy([]Suppression{test.s}, &f, noon.Add(time.Second)) != nil {
			t.Errorf("%+v covers when it has expired", test.s)
		}
	}
}

func TestSuppressionValidate(t *testing.T) {
	good := Suppression{ID: "s", Owner: "alice", Reason: "a test", Expires: noon.Add(time.Hour), Code: "trust.*"}
	for _, test := range []struct {
		change func(*Suppression)
		want   string
	}{
		{func(*Suppression) {}, ""},
		{func(s *Suppression) { s.ID = "" }, "no id"},
		{func(s *Suppression) { s.Owner = " " }, "no owner"},
		{func(s *Suppression) { s.Reason = "" }, "no reason"},
		{func(s *Suppression) { s.Code = "" }, "silence everything"},
		{func(s *Suppression) { s.Code = "*" }, "silence everything"},
		{func(s *Suppression) { s.Code = "*.no_allow" }, "not at its end"},
		{func(s *Suppression) { s.Code = "t*" }, "write a code"},
		{func(s *Suppression) { s.Account = "1*" }, "12 digits"},
		{func(s *Suppression) { s.Account = " " }, "12 digits"},
		{func(s *Suppression) { s.Role = "arn:*" }, "write an ARN"},
		{func(s *Suppression) { s.Caller = "bob" }, "write an ARN"},
		{func(s *Suppression) { s.Role = "arn:aws:iam::111122223333:role/*" }, ""},
		{func(s *Suppression) { s.Owner = strings.Repeat("x", 5000) }, "longer than"},
		{func(s *Suppression) { s.Expires = noon }, "it expired"},
		{func(s *Suppression) { s.Expires = time.Time{} }, "does not say when it expires"},
		{func(s *Suppression) { s.Expires = noon.Add(400 * 24 * time.Hour) }, "more than a year"},
	} {
		s := good
		test.change(&s)
		err := s.Validate(noon)
		if test.want == "" && err != nil || test.want != "" && (err == nil || !strings.Contains(err.Error(), test.want)) {
			t.Errorf("%+v: %v, want %q", s, err, test.want)
		}
	}
}

func TestRulesValidate(t *testing.T) {
	if err := DefaultRules.Validate(); err != nil {
		t.Error(err)
	}
	for want, change := range map[string]func(*Rules){
		"Every is 0s":            func(r *Rules) { r.Every = 0 },
		"shorter than Quiet":     func(r *Rules) { r.KeepIncidents = time.Hour },
		"shorter than Lease":     func(r *Rules) { r.KeepEvents = time.Second },
		"give a time above zero": func(r *Rules) { r.Lease = -1 },
	} {
		r := DefaultRules
		change(&r)
		if _, err := New(nil, r); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v, want %q", err, want)
		}
	}
}

func TestEach(t *testing.T) {
	for _, n := range []int{0, 1, 2, parallel, 5 * parallel} {
		hit := make([]int, n)
		each(n, func(i int) { hit[i]++ })
		for i, h := range hit {
			if h != 1 {
				t.Errorf("%d of %d: %d times", i, n, h)
			}
		}
	}
}

// TestDated: an event without a time, or of a time to come, is one of now.
func TestDated(t *testing.T) {
	for at, want := range map[time.Time]time.Time{
		{}: noon, noon.AddDate(1, 0, 0): noon, noon.Add(time.Minute): noon.Add(time.Minute), noon.Add(-time.Hour): noon.Add(-time.Hour),
	} {
		if got := (Finding{At: at}).dated(noon).At; !got.Equal(want) {
			t.Errorf("%s: %s, want %s", at, got, want)
		}
	}
}

// TestToldBehind: who tells an alert late does not take from another attempt what
// that one has decided since and owes.
func TestToldBehind(t *testing.T) {
	first, d := DefaultRules.Decide(nil, []Finding{found("trust.no_principal")}, nil, noon)
	second, e := DefaultRules.Decide(&first, []Finding{found("scp.no_allow")}, nil, noon.Add(time.Second))
	if d.Action != Alert || e.Action != AlertAgain && e.Action != Alert {
		t.Fatal(d, e)
	}
	if late := second.told(first.Owed, nil, noon.Add(2*time.Second)); late.Owed == nil {
		t.Error("the newer alert is owed no more")
	}
	if own := second.told(second.Owed, nil, noon.Add(2*time.Second)); own.Owed != nil {
		t.Error("its own alert is still owed")
	}
}
