package awsapi

import (
	"cmp"
	"context"
	"slices"
	"sync"
	"time"

	"github.com/aws/smithy-go/ptr"
)

// gathering is one run of reading: what was read so far, by any number of
// goroutines.
type gathering struct {
	*Reader
	ctx  context.Context // of this run: a gathering does not outlive it
	wait sync.WaitGroup

	mu      sync.Mutex
	folders map[string]*folder
	tree    *tree
	gaps    []gap
	oldest  time.Time // when the oldest of what was used was read
	until   time.Time // until when all of it may be used
	passing bool      // something may be readable in a moment
}

func newGathering(ctx context.Context, r *Reader) *gathering {
	return &gathering{Reader: r, ctx: ctx, folders: map[string]*folder{}}
}

// each reads in parallel.
func (g *gathering) each(reads ...func()) {
	for _, f := range reads {
		g.wait.Go(f)
	}
}

// together reads in parallel and waits.
func together(reads ...func()) {
	var all sync.WaitGroup
	for _, f := range reads {
		all.Go(f)
	}
	all.Wait()
}

// locked changes what was read so far.
func (g *gathering) locked(change func()) {
	g.mu.Lock()
	defer g.mu.Unlock()
	change()
}

// folder is that of an account, made when it is first asked for. Only under
// locked.
func (g *gathering) folder(account string) *folder {
	f := g.folders[account]
	if f == nil {
		f = newFolder(account)
		g.folders[account] = f
	}
	return f
}

// accountParts are the parts of estate.json that an account has.
var accountParts = []string{"users", "groups", "roles", "policies", "providers", "endpoints"}

// gap notes what was not read: of an account a part, or without part all of it.
func (g *gathering) gap(account, part, subject string, f *fault) {
	parts := []string{part}
	if part == "" {
		parts = accountParts
	}
	g.locked(func() {
		if part != "" && account != "" {
			g.folder(account) // the account itself can be read
		}
		for _, part := range parts {
			one := gap{Account: account, Part: part, Subject: subject, Permission: f.permission, Why: f.why()}
			if !slices.Contains(g.gaps, one) {
				g.gaps = append(g.gaps, one)
			}
		}
	})
}

// used notes how old an answer is, for as long as the estate may be kept.
func (g *gathering) used(a answer) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if !a.at.IsZero() && (g.oldest.IsZero() || a.at.Before(g.oldest)) {
		g.oldest = a.at
	}
	switch {
	case a.fault != nil && a.fault.passing():
		g.passing = true
	case a.keep > 0 && (g.until.IsZero() || a.until.Before(g.until)):
		g.until = a.until
	}
}

// keep is for how long the estate may be used: no longer than any part of it.
func (g *gathering) keep() time.Duration {
	if g.passing || g.until.IsZero() {
		return 0
	}
	return max(0, g.until.Sub(g.config.Now()))
}

// call is one read of the API: with which permission, of which account, of what.
type call struct {
	permission string // IAM action
	account    string // whose credentials; "organization" for its role
	subject    string // what makes it another call than its like
	shared     string // in the account's place, where all accounts get the same answer
	region     string // where that matters
	keep       time.Duration
}

func (c call) key() string {
	return c.permission + "\n" + cmp.Or(c.shared, c.account) + "\n" + c.region + "\n" + c.subject
}

// read makes a call, or gives what it gave before. Its time is limited by the
// run's, the number of calls at a time by the reader's.
func read[T any](g *gathering, c call, do func(context.Context) (T, error)) (T, *fault) {
	fetch := func() answer {
		select {
		case g.slots <- struct{}{}:
			defer func() { <-g.slots }()
		case <-g.ctx.Done():
			return answer{fault: &fault{kind: late, permission: c.permission, account: c.account, err: g.ctx.Err()}}
		}
		at := g.config.Now()
		v, err := do(g.ctx)
		if err != nil {
			return g.failed(c, at, err)
		}
		return answer{value: v, at: at, keep: orDefault(c.keep, g.config.TTL)}
	}
	a := g.answers.get(g.ctx, c.key(), fetch)
	if c.shared != "" && a.fault != nil && a.fault.account != c.account { // another's permissions are not ours
		c.shared = ""
		a = g.answers.get(g.ctx, c.key(), fetch)
	}
	if a.fault != nil && a.fault.permission == "" {
		a.fault = &fault{kind: a.fault.kind, permission: c.permission, account: c.account, err: a.fault.err}
	}
	g.used(a)
	v, _ := a.value.(T)
	return v, a.fault
}

func (g *gathering) failed(c call, at time.Time, err error) answer {
	a := answer{at: at, fault: &fault{kind: classify(err), permission: c.permission, account: c.account, err: err}}
	if a.fault.kind == unsigned { // the session is over, as when its role was made again: the next read begins another
		g.answers.forget(call{permission: "sts:AssumeRole", account: c.account}.key())
	}
	if !a.fault.passing() {
		a.keep = g.config.NegativeTTL
	}
	return a
}

// text is what a pointer of the SDK's points to, "" for none.
func text(p *string) string { return ptr.ToString(p) }
