package main

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"time"

	"github.com/assumewhy/assumewhy/pkg/deliver"
)

const (
	routesFor      = 5 * time.Minute // how long routes are good for
	routesRetryFor = time.Minute     // and how long it is good that there are none
	routesTime     = 3 * time.Second // to read them
)

// routes are the routes of a parameter, read again from time to time.
type routes struct {
	read     func(context.Context) (string, error)
	channels []string

	mu    sync.Mutex
	last  *deliver.Routes // nil: every channel hears of everything
	until time.Time
}

func newRoutes(read func(context.Context) (string, error), channels []string) *routes {
	return &routes{read: read, channels: channels}
}

// get gives the routes, nil where they are broken. With an error, told once in a
// while, they could not be read: those of before hold; or they are broken: then
// none hold, since what somebody wanted to hear would else be lost.
func (r *routes) get(ctx context.Context, now time.Time) (*deliver.Routes, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if now.Before(r.until) {
		return r.last, nil
	}
	r.until = now.Add(routesRetryFor)
	text, err := r.ask(ctx)
	if err != nil {
		return r.last, err
	}
	if r.last, err = deliver.ReadRoutes(strings.NewReader(text), r.channels); err != nil {
		return nil, err
	}
	r.until = now.Add(routesFor)
	return r.last, nil
}

// ask reads the parameter. Whether it hangs or breaks down, there is time left to
// tell every channel.
func (r *routes) ask(ctx context.Context) (text string, err error) {
	ctx, cancel := context.WithTimeout(ctx, routesTime)
	defer cancel()
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("reading the routes broke down: %T", p)
		}
	}()
	text, err = r.read(ctx)
	return strings.TrimPrefix(text, "\ufeff"), err
}
