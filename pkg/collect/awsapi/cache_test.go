package awsapi

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/aws/smithy-go"
)

// TestCacheBounded: no more is kept than was said, the longest unused goes first.
func TestCacheBounded(t *testing.T) {
	now := time.Unix(0, 0)
	c := newCache(3, func() time.Time { return now })
	fetched := map[string]int{}
	get := func(key string) {
		c.get(t.Context(), key, func() answer { fetched[key]++; return answer{value: key, keep: time.Minute} })
	}
	for _, key := range []string{"a", "b", "c", "a", "d", "a", "b"} {
		get(key)
	}
	if len(c.byKey) != 3 || c.used.Len() != 3 || fetched["a"] != 1 || fetched["b"] != 2 {
		t.Errorf("%d kept, fetched %v", len(c.byKey), fetched)
	}
	now = now.Add(time.Minute)
	if get("a"); fetched["a"] != 2 {
		t.Error("an answer outlived its time")
	}
}

// TestCacheWaits: who waits for another's answer stops with its own context, and
// asks itself where the other's has ended.
func TestCacheWaits(t *testing.T) {
	c := newCache(3, time.Now)
	begun, let := make(chan struct{}), make(chan struct{})
	go c.get(context.Background(), "k", func() answer {
		close(begun)
		<-let
		return answer{fault: &fault{kind: late}}
	})
	<-begun
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	if a := c.get(ended, "k", func() answer { t.Error("fetched twice at once"); return answer{} }); a.fault == nil || a.fault.kind != late {
		t.Errorf("%+v", a)
	}
	got := make(chan answer)
	go func() {
		got <- c.get(context.Background(), "k", func() answer { return answer{value: "mine", keep: time.Minute} })
	}()
	close(let)
	if a := <-got; a.value != "mine" {
		t.Errorf("%+v", a)
	}
}

// TestCachePanic: a fetch that panics leaves nobody waiting, and nothing kept.
func TestCachePanic(t *testing.T) {
	c := newCache(3, time.Now)
	func() {
		defer func() { _ = recover() }()
		c.get(t.Context(), "k", func() answer { panic("out") })
	}()
	if a := c.get(t.Context(), "k", func() answer { return answer{value: 1} }); a.value != 1 || len(c.byKey) != 0 {
		t.Errorf("%+v, %d kept", a, len(c.byKey))
	}
}

func TestClassify(t *testing.T) {
	code := func(c string) error {
		return fmt.Errorf("operation: %w", &smithy.GenericAPIError{Code: c})
	}
	for _, c := range []struct {
		err  error
		want kind
		why  string
	}{
		{code("NoSuchEntity"), absent, "not_read"},
		{code("AWSOrganizationsNotInUseException"), noOrganization, "not_read"},
		{code("AccessDeniedException"), refused, "denied"},
		{code("ExpiredTokenException"), unsigned, "denied"},
		{code("TooManyRequestsException"), throttled, "throttled"},
		{code("SomethingNew"), broken, "timeout"},
		{errors.New("read: connection reset"), broken, "timeout"},
		{fmt.Errorf("x: %w", context.DeadlineExceeded), late, "timeout"},
		{fmt.Errorf("x: %w", context.Canceled), late, "timeout"},
	} {
		f := &fault{kind: classify(c.err)}
		if f.kind != c.want || f.why() != c.why {
			t.Errorf("%v: %d %s, want %d %s", c.err, f.kind, f.why(), c.want, c.why)
		}
		if again := c.want == throttled || c.want == late || c.want == broken; f.passing() != again {
			t.Errorf("%v: passing %t", c.err, f.passing())
		}
	}
}

func TestWayOf(t *testing.T) {
	for path, want := range map[string]string{
		"o-a/r-b/ou-b-c/ou-b-d/111122223333/": "[ou-b-d ou-b-c r-b] true",
		"o-a/r-b/111122223333":                "[r-b] true",
		"o-a/r-b/ou-b-c/":                     "[ou-b-c r-b] true",
		"r-b/ou-b-c/":                         "[] false",
		"o-a/r-b/x/111122223333/":             "[] false",
		"":                                    "[] false",
	} {
		way, ok := wayOf([]string{path}, "111122223333")
		if got := fmt.Sprint(way, ok); got != want {
			t.Errorf("%q: %s, want %s", path, got, want)
		}
	}
	if _, ok := wayOf([]string{"o-a/r-b/1", "o-a/r-b/2"}, "1"); ok {
		t.Error("two paths are one")
	}
}

func TestValidate(t *testing.T) {
	good := Config{Now: time.Now, Account: "111122223333", ReaderRole: "/team/reader", OrganizationRole: "arn:aws:iam::111122223333:role/x"}
	if err := good.Validate(); err != nil {
		t.Error(err)
	}
	for name, change := range map[string]func(*Config){
		"clock":        func(c *Config) { c.Now = nil },
		"account":      func(c *Config) { c.Account = "1" },
		"reader":       func(c *Config) { c.ReaderRole = "arn:aws:iam::111122223333:role/x" },
		"organization": func(c *Config) { c.OrganizationRole = "x" },
	} {
		c := good
		change(&c)
		if _, err := New(c); err == nil {
			t.Errorf("%s: accepted", name)
		}
	}
}
