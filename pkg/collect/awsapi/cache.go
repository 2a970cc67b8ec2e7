package awsapi

import (
	"container/list"
	"context"
	"strings"
	"sync"
	"time"
)

// answer is what a read came to: a value or a fault.
type answer struct {
	value any
	fault *fault
	at    time.Time     // when it was read
	until time.Time     // until when it may be used; set by the cache
	keep  time.Duration // for how long it may be used; 0: by those only who wait for it now
}

// cache keeps answers by key: each is read by one at a time, the others who
// want it wait. At most max are kept, those used last.
type cache struct {
	mu    sync.Mutex
	max   int
	now   func() time.Time
	byKey map[string]*list.Element
	used  *list.List // of *kept, used last first
}

type kept struct {
	key   string
	ready chan struct{} // closed when answer is there
	answer
}

func newCache(most int, now func() time.Time) *cache {
	return &cache{max: most, now: now, byKey: map[string]*list.Element{}, used: list.New()}
}

// get gives what is kept, or what fetch gives. Whoever waits for another's
// fetch stops waiting when ctx ends, and fetches itself where the other's
// context ended first.
func (c *cache) get(ctx context.Context, key string, fetch func() answer) answer {
	for {
		k, mine := c.claim(key)
		if mine {
			return c.fill(k, fetch)
		}
		select {
		case <-k.ready:
		case <-ctx.Done():
			return answer{fault: &fault{kind: late, err: ctx.Err()}}
		}
		if k.fault == nil || k.fault.kind != late || ctx.Err() != nil {
			return k.answer
		}
	}
}

// claim gives the entry of a key; mine says that the caller has to fill it.
func (c *cache) claim(key string) (k *kept, mine bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if e, ok := c.byKey[key]; ok {
		k = e.Value.(*kept)
		if k.until.IsZero() || c.now().Before(k.until) {
			c.used.MoveToFront(e)
			return k, false
		}
		c.drop(e)
	}
	k = &kept{key: key, ready: make(chan struct{})}
	c.byKey[key] = c.used.PushFront(k)
	for c.used.Len() > c.max {
		c.drop(c.used.Back())
	}
	return k, true
}

// fill reads the answer and lets those go who wait for it, even where fetch
// panics.
func (c *cache) fill(k *kept, fetch func() answer) answer {
	a := answer{fault: &fault{kind: late, err: context.Canceled}}
	defer func() {
		c.mu.Lock()
		defer c.mu.Unlock()
		a.until = c.now().Add(a.keep)
		k.answer = a
		if e, ok := c.byKey[k.key]; ok && e.Value == k && a.keep <= 0 {
			c.drop(e)
		}
		close(k.ready)
	}()
	a = fetch()
	a.until = c.now().Add(a.keep)
	return a
}

// forget drops what is kept under keys that begin so.
func (c *cache) forget(prefix string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for key, e := range c.byKey {
		if strings.HasPrefix(key, prefix) && !e.Value.(*kept).until.IsZero() {
			c.drop(e)
		}
	}
}

func (c *cache) drop(e *list.Element) {
	c.used.Remove(e)
	delete(c.byKey, e.Value.(*kept).key)
}
