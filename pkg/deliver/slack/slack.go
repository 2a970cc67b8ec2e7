// Package slack tells findings in Slack: by an incoming webhook ([Webhook]), or
// as a bot ([Bot]), which also answers in threads, keeps the count of a message
// up to date, and writes to whoever made a call.
//
// What a message looks like is render/slack's business ([Rendered]). Addresses
// and tokens come from a [Secret] for each message and appear in no error.
package slack

import (
	"context"
	"encoding/json"
	"io"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/assumewhy/assumewhy/pkg/deliver"
	messages "github.com/assumewhy/assumewhy/pkg/render/slack"
)

// Payload is one message as Slack takes it. One without Text is nothing to say,
// and is not sent.
type Payload struct {
	Text   string          // what a notification shows, and what stands for blocks that are not shown; no markup
	Blocks json.RawMessage // an array of Block Kit blocks, or nil
	Reply  *Payload        // of an update: what goes into the thread below the message
}

// Render makes the payload of a message. It escapes what the message holds.
type Render func(*deliver.Message) (Payload, error)

// Rendered is the usual Render: render/slack's messages, with the links that
// links gives; nil where there are none.
func Rendered(links func(*deliver.Message) messages.Links) Render {
	return func(m *deliver.Message) (Payload, error) {
		if m.Kind == deliver.Requester {
			one, ok := messages.Requester(m.Report)
			return payload(one, ok)
		}
		var to messages.Links
		if links != nil {
			to = links(m)
		}
		p, err := payload(messages.Alert(m.Report, to, m.Repeats.Since()), true)
		if err != nil || m.Kind != deliver.Update {
			return p, err
		}
		if one, ok := messages.Repeat(m.Report, m.Repeats.Since()); ok {
			reply, err := payload(one, true)
			p.Reply = &reply
			return p, err
		}
		return p, nil
	}
}

func payload(m messages.Message, ok bool) (Payload, error) {
	if !ok {
		return Payload{}, nil
	}
	blocks, err := json.Marshal(m.Blocks)
	return Payload{Text: m.Text, Blocks: blocks}, err
}

// Secret is an address or a token. Its errors are Failures.
type Secret interface {
	Value(context.Context) (string, error)
	// Forget makes the next Value ask again.
	Forget()
}

// maxAnswer bounds what is read of an answer, in which Slack repeats the message.
const maxAnswer = 1 << 20

// longestWait is the longest that Slack may ask to wait.
const longestWait = 24 * time.Hour

// guarded is a client that follows no redirection, which would take message and
// token elsewhere, and that reads no more of an answer than maxAnswer.
func guarded(client *http.Client) *http.Client {
	c := *client
	c.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	c.Transport = bounded{c.Transport}
	return &c
}

// bounded bounds the bodies of answers.
type bounded struct{ next http.RoundTripper }

// RoundTrip is that of http.RoundTripper.
func (b bounded) RoundTrip(r *http.Request) (*http.Response, error) {
	next := b.next
	if next == nil {
		next = http.DefaultTransport
	}
	res, err := next.RoundTrip(r)
	if err == nil {
		res.Body = struct {
			io.Reader
			io.Closer
		}{io.LimitReader(res.Body, maxAnswer), res.Body}
	}
	return res, err
}

// status is a Failure of the HTTP status of an answer; nil for 2xx. word is the
// service's word for it.
func status(code int, header http.Header, word string) *deliver.Failure {
	f := &deliver.Failure{What: "Slack refused the message", Code: word}
	switch {
	case code >= 200 && code < 300:
		return nil
	case code == http.StatusTooManyRequests:
		f.What, f.Temporary, f.After = "Slack asks to wait", true, retryAfter(header)
	case code >= 500:
		f.What, f.Temporary = "Slack has a fault", true
	}
	if f.Code == "" {
		f.Code = strconv.Itoa(code)
	}
	return f
}

// retryAfter is the time of a header in seconds, at least one.
func retryAfter(header http.Header) time.Duration {
	n, err := strconv.Atoi(strings.TrimSpace(header.Get("Retry-After")))
	if err != nil || n < 1 {
		n = 1
	}
	return time.Duration(min(n, int(longestWait/time.Second))) * time.Second
}

// rejected says whether a word of Slack's means that the secret is not good: it
// may have been replaced since it was read.
func rejected(word string) bool {
	switch word {
	case "invalid_auth", "not_authed", "token_revoked", "token_expired", "account_inactive", "no_service", "invalid_token", "no_service_id", "no_team", "team_disabled":
		return true
	}
	return false
}
