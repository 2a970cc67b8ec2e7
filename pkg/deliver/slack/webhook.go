package slack

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"net"
	"net/http"
	"net/url"
	"strings"

	"github.com/assumewhy/assumewhy/pkg/deliver"
)

// Webhook is a channel behind an incoming webhook. It knows no threads: of an
// update it tells what would go into the thread. It reaches no requesters.
type Webhook struct {
	address Secret
	render  Render
	client  *http.Client
}

var _ deliver.Channel = (*Webhook)(nil)

// NewWebhook makes a channel of a webhook whose address is a secret.
func NewWebhook(address Secret, render Render, client *http.Client) *Webhook {
	return &Webhook{address, render, guarded(client)}
}

// Send posts a message. Where the address is not good any more, the secret is
// read anew and the message is sent once more.
func (w *Webhook) Send(ctx context.Context, m *deliver.Message) (string, error) {
	p, err := w.render(m)
	if err != nil {
		return "", &deliver.Failure{What: "the message could not be rendered"}
	}
	if p.Reply != nil {
		p = *p.Reply
	}
	if p.Text == "" || m.Kind == deliver.Requester {
		return "", nil
	}
	body, err := json.Marshal(struct {
		Text   string          `json:"text"`
		Mrkdwn bool            `json:"mrkdwn"` // false: the text is no markup
		Links  bool            `json:"unfurl_links"`
		Media  bool            `json:"unfurl_media"`
		Blocks json.RawMessage `json:"blocks,omitempty"`
	}{Text: p.Text, Blocks: p.Blocks})
	if err != nil {
		return "", &deliver.Failure{What: "the blocks are no JSON"}
	}
	f, err := w.post(ctx, body)
	if err == nil && f != nil && rejected(f.Code) {
		w.address.Forget()
		f, err = w.post(ctx, body)
	}
	if err == nil && f != nil {
		err = f
	}
	return "", err
}

// post sends a body; f is what Slack answered, err what kept it from being asked.
func (w *Webhook) post(ctx context.Context, body []byte) (f *deliver.Failure, err error) {
	address, err := w.address.Value(ctx)
	if err != nil {
		return nil, err
	}
	if !good(address) {
		return nil, &deliver.Failure{What: "the secret holds no webhook address: it must be an https address"}
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, address, bytes.NewReader(body))
	if err != nil {
		return nil, &deliver.Failure{What: "the secret holds no webhook address"}
	}
	req.Header.Set("Content-Type", "application/json; charset=utf-8")
	res, err := w.client.Do(req)
	if err != nil {
		return nil, unreached(err)
	}
	defer func() { _ = res.Body.Close() }()
	answer, err := io.ReadAll(res.Body)
	if err != nil {
		return nil, unreached(err)
	}
	word := deliver.Code(strings.TrimSpace(string(answer)))
	if res.StatusCode == http.StatusOK && word != "ok" { // a login page, say: nobody was told
		return &deliver.Failure{What: "the address does not answer as Slack does: it must be that of an incoming webhook"}, nil
	}
	return status(res.StatusCode, res.Header, word), nil
}

// good says whether an address is one to post to: https, or this machine.
func good(address string) bool {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" || u.User != nil {
		return false
	}
	ip := net.ParseIP(u.Hostname())
	return u.Scheme == "https" || u.Scheme == "http" && ip != nil && ip.IsLoopback()
}

// unreached is a Failure of an error of the network, whose text holds the
// address.
func unreached(err error) error {
	var timeout net.Error
	if errors.Is(err, context.DeadlineExceeded) || errors.As(err, &timeout) && timeout.Timeout() {
		return &deliver.Failure{What: "no answer in time", Temporary: true}
	}
	return &deliver.Failure{What: "Slack cannot be reached", Temporary: true}
}
