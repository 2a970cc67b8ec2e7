// Package awsapi reads estates from AWS: that of one subject (Reader.Estate),
// or whole accounts and the organization for an estate directory
// (Reader.Account, Reader.Organization).
//
// For a subject it reads the caller's policies, the role, the two accounts'
// place in the organization with the policies there, the identity providers of
// a federated call and the endpoint that the call came through; and the names
// of other roles only where the role does not exist. The account of the
// credentials is read directly, others by assuming the reader role there, the
// organization by its own role or with the credentials as they are.
//
// It promises an answer: a read that is denied, throttled out or not answered
// in time becomes a gap of the estate that names permission and account, never
// an error and never an absence. What was read is kept for a while, so that the
// same question again costs no call; a new one costs four round trips in a row
// at most, save where a list has several pages, or where the organization does
// not give an account's path and its parents have to be asked for one by one.
//
// A Reader is safe for concurrent use. It starts goroutines, and none outlives
// the call that started it. It logs nothing; ExternalIds and credentials are in
// none of its answers.
package awsapi

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"

	"github.com/assumewhy/assumewhy/pkg/estate"
	"github.com/assumewhy/assumewhy/pkg/reconstruct"
)

// Defaults of Config.
const (
	DefaultTTL         = 5 * time.Minute
	DefaultNegativeTTL = time.Minute
	DefaultTimeout     = 20 * time.Second
	DefaultCallTimeout = time.Minute
	DefaultParallel    = 32
	DefaultEntries     = 2048
)

// estates is how many whole estates are kept: few, since each holds the policies
// in a form that is ready to be evaluated.
const estates = 64

// Config says with what and how to read. AWS and Now must be set; what else is
// zero has a default.
type Config struct {
	AWS aws.Config // region and ambient credentials

	Account          string // of the credentials, 12 digits; empty: AWS STS is asked once
	ReaderRole       string // name, with its path, of the role to assume in other accounts; empty: only Account is read
	OrganizationRole string // ARN of the role that reads AWS Organizations; empty: the credentials as they are
	ExternalID       string // sent when a role is assumed; empty: none

	// ExternalIDFrom gives the ExternalId where ExternalID is empty, each time a
	// role is assumed; nil: none. While it fails, no other account can be read.
	ExternalIDFrom func(context.Context) (string, error)

	TTL         time.Duration // how long what was read is kept
	NegativeTTL time.Duration // how long it is kept that something does not exist or must not be read
	Timeout     time.Duration // of reading one estate
	CallTimeout time.Duration // of one API call with its retries, which is one page of a list
	Parallel    int           // API calls at a time
	Entries     int           // answers that are kept, at most

	Now func() time.Time
}

var (
	errNoClock   = errors.New("reading AWS: no clock is given")
	errNoAccount = errors.New("reading AWS: the account is no id of 12 digits")
)

// Validate says what is wrong with a configuration.
func (c Config) Validate() error {
	switch {
	case c.Now == nil:
		return errNoClock
	case c.Account != "" && !isAccount(c.Account):
		return errNoAccount
	case c.ReaderRole != "" && !isRoleName(c.ReaderRole):
		return fmt.Errorf("reading AWS: the reader role %.80q is no role name: write the name that it has in every account, such as assumewhy-reader", c.ReaderRole)
	case c.OrganizationRole != "" && !reconstruct.RoleOf(c.OrganizationRole).IsRole:
		return fmt.Errorf("reading AWS: the organization role %.80q is no role ARN", c.OrganizationRole)
	}
	return nil
}

// Reader reads AWS.
type Reader struct {
	config  Config
	answers *cache        // of API calls
	estates *cache        // of Estate
	slots   chan struct{} // one for each API call under way

	mu      sync.Mutex
	ambient *clients
}

// New makes a reader. It calls nothing.
func New(c Config) (*Reader, error) {
	if err := c.Validate(); err != nil {
		return nil, err
	}
	c.TTL = orDefault(c.TTL, DefaultTTL)
	c.NegativeTTL = min(orDefault(c.NegativeTTL, DefaultNegativeTTL), c.TTL)
	c.Timeout = orDefault(c.Timeout, DefaultTimeout)
	c.CallTimeout = orDefault(c.CallTimeout, DefaultCallTimeout)
	c.Parallel = orDefault(c.Parallel, DefaultParallel)
	c.Entries = orDefault(c.Entries, DefaultEntries)
	return &Reader{
		config:  c,
		answers: newCache(c.Entries, c.Now),
		estates: newCache(estates, c.Now),
		slots:   make(chan struct{}, c.Parallel),
	}, nil
}

func orDefault[T int | time.Duration](v, otherwise T) T {
	if v <= 0 {
		return otherwise
	}
	return v
}

// Prepare fetches what does not depend on a subject, the ExternalId, so that a
// first Estate need not wait for it. What fails is tried again when it is wanted.
func (r *Reader) Prepare(ctx context.Context) {
	if r.config.ExternalIDFrom != nil {
		_, _ = r.config.ExternalIDFrom(ctx)
	}
}

// Estate is what AWS says of one subject. What could not be read until ctx or
// the timeout ended is a gap. ReadAt of the estate is when the oldest of it was
// read.
func (r *Reader) Estate(ctx context.Context, s reconstruct.Subject) *estate.Estate {
	w := wanted(s)
	a := r.estates.get(ctx, w.key(), func() answer {
		ctx, cancel := context.WithTimeout(ctx, r.config.Timeout)
		defer cancel()
		g := newGathering(ctx, r)
		g.read(w)
		g.wait.Wait()
		return answer{value: estate.New(g.parts()), keep: g.keep()}
	})
	if e, ok := a.value.(*estate.Estate); ok {
		return e
	}
	return unread(w, a.fault) // ctx ended while another was reading the same
}
