// Package sns publishes findings to an Amazon SNS topic: text for mail, JSON of
// schema assumewhy.finding/v1 for queues, functions and addresses, attributes by
// which a subscription can filter (kind, code, certainty, severity, verdict,
// account, accounts).
//
// A message keeps to SNS's bounds: 256 KB in all, a subject of printable ASCII
// under 100 characters. What is cut is told in the message.
package sns

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/aws/smithy-go"

	"github.com/assumewhy/assumewhy/pkg/deliver"
	"github.com/assumewhy/assumewhy/pkg/render"
	"github.com/assumewhy/assumewhy/pkg/render/text"
)

const (
	// maxMessage is SNS's bound of body and attributes, with room for these.
	maxMessage = 256<<10 - 4<<10
	// maxText is the share of the text for people; the rest is the JSON, which
	// the message holds once for each protocol.
	maxText = 48 << 10
	// textWidth are the columns of the text.
	textWidth = 80
)

// protocols are those that get JSON; all others get text.
var protocols = []string{"sqs", "lambda", "http", "https", "firehose"}

// API calls a service that takes forms, "sns". What it refuses is a
// smithy.APIError.
type API interface {
	Query(ctx context.Context, service string, form url.Values) error
}

// Channel is a topic.
type Channel struct {
	api   API
	topic string
	link  func(*deliver.Message) string
}

var _ deliver.Channel = (*Channel)(nil)

// New makes a channel of a topic, given by its ARN. link gives the lines of links
// that stand below the text; nil where there are none.
func New(api API, topic string, link func(*deliver.Message) string) *Channel {
	return &Channel{api, topic, link}
}

// Send publishes a message. SNS knows no threads.
func (c *Channel) Send(ctx context.Context, m *deliver.Message) (string, error) {
	body, err := c.body(m)
	if err != nil {
		return "", err
	}
	form := url.Values{ // Amazon SNS API Reference, "Publish"
		"Action": {"Publish"}, "Version": {"2010-03-31"},
		"TopicArn": {c.topic}, "Subject": {Subject(m)}, "Message": {string(body)}, "MessageStructure": {"json"},
	}
	for i, a := range attributes(m) {
		at := "MessageAttributes.entry." + strconv.Itoa(i+1) + "."
		form.Set(at+"Name", a.name)
		form.Set(at+"Value.DataType", a.kind)
		form.Set(at+"Value.StringValue", a.value)
	}
	if err := c.api.Query(ctx, "sns", form); err != nil {
		return "", refused(err)
	}
	return "", nil
}

// body is the message by protocol, within the bounds.
func (c *Channel) body(m *deliver.Message) ([]byte, error) {
	words, err := c.words(m)
	if err != nil {
		return nil, err
	}
	byProtocol := map[string]string{"default": words}
	for limit := maxMessage / len(protocols); ; limit = limit * 3 / 4 {
		raw, err := deliver.JSON(m, limit)
		if err != nil {
			return nil, err
		}
		for _, p := range protocols {
			byProtocol[p] = string(raw)
		}
		body, err := json.Marshal(byProtocol)
		if err != nil {
			return nil, fmt.Errorf("encode message: %w", err)
		}
		if len(body) <= maxMessage {
			return body, nil
		}
	}
}

// words is the text for people.
func (c *Channel) words(m *deliver.Message) (string, error) {
	var b strings.Builder
	small := render.Repeated(m.Report.Lang, m.Repeats.Since())
	if f := render.Severity(m.Report); f.Text != "" {
		small = strings.TrimSuffix(f.Label+": "+f.Text+"; "+small, "; ")
	}
	if err := text.Mail(&b, m.Report, small, text.Options{Width: textWidth, UTF8: true}); err != nil {
		return "", fmt.Errorf("write the text: %w", err)
	}
	if c.link != nil {
		if links := c.link(m); links != "" {
			b.WriteString("\n" + links)
		}
	}
	whole := b.String()
	if len(whole) <= maxText {
		return whole, nil
	}
	cut := whole[:maxText]
	for !utf8.ValidString(cut) {
		cut = cut[:len(cut)-1]
	}
	return fmt.Sprintf("%s\n\n[Cut here: %d of %d bytes are shown.]\n", cut, len(cut), len(whole)), nil
}

// attribute is one by which subscriptions filter.
type attribute struct{ name, kind, value string }

// attributes are those of a message; SNS takes no empty ones.
func attributes(m *deliver.Message) []attribute {
	code, certainty := deliver.Primary(m.Report)
	var out []attribute
	for _, a := range []attribute{
		{"kind", "String", string(m.Kind)},
		{"code", "String", code},
		{"certainty", "String", certainty},
		{"severity", "String", m.Report.Severity()},
		{"verdict", "String", m.Report.Verdict},
		{"account", "String", m.Report.Role.Account},
	} {
		if a.value != "" {
			out = append(out, a)
		}
	}
	accounts := deliver.Accounts(m.Report)
	if list, err := json.Marshal(accounts); err == nil && len(accounts) > 0 {
		out = append(out, attribute{"accounts", "String.Array", string(list)})
	}
	return out
}

// refused is a Failure of what SNS answered.
func refused(err error) error {
	f := &deliver.Failure{What: "Amazon SNS cannot be reached", Temporary: true}
	var api smithy.APIError
	if errors.As(err, &api) {
		f.What, f.Code = "Amazon SNS refused the message", deliver.Code(api.ErrorCode())
		switch api.ErrorCode() {
		case "InvalidParameter", "InvalidParameterValue", "NotFound", "AuthorizationError", "AccessDenied", "KMSAccessDenied", "KMSNotFound", "KMSDisabled":
			f.Temporary = false
		}
	}
	if errors.Is(err, context.DeadlineExceeded) {
		f.What = "no answer in time"
	}
	return f
}
