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
	"strings"
	"unicode/utf8"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/sns"
	"github.com/aws/aws-sdk-go-v2/service/sns/types"
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

// API is what of SNS is called.
type API interface {
	Publish(context.Context, *sns.PublishInput, ...func(*sns.Options)) (*sns.PublishOutput, error)
}

// Channel is a topic.
type Channel struct {
	api   API
	topic string
	link  func(*deliver.Message) string
}

var (
	_ deliver.Channel = (*Channel)(nil)
	_ API             = (*sns.Client)(nil)
)

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
	_, err = c.api.Publish(ctx, &sns.PublishInput{
		TopicArn: &c.topic, Subject: aws.String(Subject(m)), Message: aws.String(string(body)),
		MessageStructure: aws.String("json"), MessageAttributes: attributes(m),
	})
	if err != nil {
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
	if again := render.Repeated(m.Report.Lang, m.Repeats.Since()); again != "" {
		b.WriteString(again + "\n\n")
	}
	if err := text.Write(&b, m.Report, text.Options{Width: textWidth, UTF8: true}); err != nil {
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

// attributes are what subscriptions filter by; SNS takes no empty ones.
func attributes(m *deliver.Message) map[string]types.MessageAttributeValue {
	code, certainty := deliver.Primary(m.Report)
	accounts := deliver.Accounts(m.Report)
	out := map[string]types.MessageAttributeValue{}
	for name, value := range map[string]string{
		"kind": string(m.Kind), "code": code, "certainty": certainty, "severity": deliver.Severity(m.Report),
		"verdict": m.Report.Verdict, "account": m.Report.Role.Account,
	} {
		if value != "" {
			out[name] = types.MessageAttributeValue{DataType: aws.String("String"), StringValue: aws.String(value)}
		}
	}
	if list, err := json.Marshal(accounts); err == nil && len(accounts) > 0 {
		out["accounts"] = types.MessageAttributeValue{DataType: aws.String("String.Array"), StringValue: aws.String(string(list))}
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
