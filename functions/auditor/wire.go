package main

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"math"
	"net"
	"net/http"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	awshttp "github.com/aws/aws-sdk-go-v2/aws/transport/http"
	"github.com/aws/aws-sdk-go-v2/credentials"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/smithy-go/logging"

	"github.com/assumewhy/assumewhy/pkg/arn"
	"github.com/assumewhy/assumewhy/pkg/audit"
	"github.com/assumewhy/assumewhy/pkg/collect/awsapi"
	"github.com/assumewhy/assumewhy/pkg/deliver"
	"github.com/assumewhy/assumewhy/pkg/deliver/bus"
	"github.com/assumewhy/assumewhy/pkg/deliver/secret"
	"github.com/assumewhy/assumewhy/pkg/deliver/signed"
	"github.com/assumewhy/assumewhy/pkg/deliver/slack"
	"github.com/assumewhy/assumewhy/pkg/deliver/sns"
	"github.com/assumewhy/assumewhy/pkg/ledger"
	"github.com/assumewhy/assumewhy/pkg/ledger/dynamo"
	messages "github.com/assumewhy/assumewhy/pkg/render/slack"
)

// The channels' names, as routes and deliveries have them.
const (
	channelMail  = "mail"
	channelSlack = "slack"
	channelBus   = "bus"
)

// wire makes the auditor of its settings. It calls nothing.
func wire(c config, now func() time.Time, log *slog.Logger, out io.Writer) (*auditor, error) {
	w := wiring{config: c, now: now, aws: awsConfig(c)}
	led, err := ledger.New(dynamo.New(dynamodb.NewFromConfig(w.aws), c.table), ledger.DefaultRules)
	if err != nil {
		return nil, err
	}
	reader, err := w.reader()
	if err != nil {
		return nil, err
	}
	channels, err := w.channels()
	if err != nil {
		return nil, err
	}
	c.keys = keys{}
	a := &auditor{
		config: c, now: now, log: log, out: out, cpu: cpuTime,
		estates: reader, explain: audit.Explain, ledger: led, channels: channels, patience: deliver.DefaultPatience,
	}
	if c.queue != "" {
		a.queue = &queue{w.signed(), c.queue}
	}
	if c.routes != "" {
		a.routes = newRoutes(func(ctx context.Context) (string, error) {
			return secret.Parameter(ctx, w.signedFor(c.routes), c.routes)
		}, names(channels))
	}
	return a, nil
}

// awsConfig is what all clients have in common. The SDK's own loading of
// configuration knows files, single sign-on and instance metadata, none of which
// a function has: it would be a fifth of this program.
func awsConfig(c config) aws.Config {
	config := aws.Config{
		Region:      c.region,
		Credentials: credentials.NewStaticCredentialsProvider(c.keys.id, c.keys.secret, c.keys.session),
		HTTPClient: awshttp.NewBuildableClient().WithDialerOptions(func(d *net.Dialer) { d.Timeout = 5 * time.Second }).
			WithTransportOptions(func(t *http.Transport) { t.MaxIdleConnsPerHost = 32 }),
		AppID:  "assumewhy",
		Logger: logging.Nop{}, // the log is lines of JSON, and what goes wrong is in them
	}
	if c.endpoint != "" {
		config.BaseEndpoint = &c.endpoint
	}
	return config
}

// wiring makes the parts.
type wiring struct {
	config
	now func() time.Time
	aws aws.Config
}

// signed is for the services that one call is made of.
func (w *wiring) signed() *signed.Client {
	return &signed.Client{
		Region: w.region, Domain: awsapi.Domain(w.region), Endpoint: w.endpoint,
		Credentials: w.aws.Credentials, HTTP: w.aws.HTTPClient, Now: w.now, Agent: "assumewhy/" + version,
	}
}

// signedFor is signed for what an ARN names, in the region that the ARN says.
func (w *wiring) signedFor(name string) *signed.Client {
	c := w.signed()
	if a, ok := arn.Parse(name); ok && a.Region != "" {
		c.Region, c.Domain = a.Region, awsapi.Domain(a.Region)
	}
	return c
}

// onceFor is signedFor for channels, which deliver tries again by itself: tries of
// tries would keep what other channels were told from being written down.
func (w *wiring) onceFor(name string) *signed.Client {
	c := w.signedFor(name)
	c.Tries = 1
	return c
}

// client is for Slack. A channel's own deadline is shorter.
func client() *http.Client { return &http.Client{Timeout: 15 * time.Second} }

func (w *wiring) secret(name, at string) (*secret.Secret, error) {
	s, err := secret.New(at, w.signedFor(at), w.now)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return s, nil
}

func (w *wiring) reader() (*awsapi.Reader, error) {
	c := awsapi.Config{
		AWS: w.aws, Account: w.account, ReaderRole: w.readerRole, OrganizationRole: w.organizationRole, Now: w.now,
	}
	if w.externalID != "" {
		s, err := w.secret("EXTERNAL_ID_SECRET", w.externalID)
		if err != nil {
			return nil, err
		}
		c.ExternalIDFrom = s.Value
	}
	return awsapi.New(c)
}

func (w *wiring) channels() (map[string]deliver.Channel, error) {
	out := map[string]deliver.Channel{}
	if w.topic != "" {
		out[channelMail] = sns.New(w.onceFor(w.topic), w.topic, links)
	}
	if w.bus != "" {
		out[channelBus] = bus.New(w.onceFor(w.bus), w.bus)
	}
	var err error
	switch {
	case w.token != "":
		out[channelSlack], err = w.bot()
	case w.webhook != "":
		out[channelSlack], err = w.hook()
	}
	return out, err
}

func (w *wiring) bot() (deliver.Channel, error) {
	token, err := w.secret("SLACK_TOKEN_SECRET", w.token)
	if err != nil {
		return nil, err
	}
	b, err := slack.NewBot(slack.BotOptions{
		Token: token, Channel: w.conversation, Render: slack.Rendered(console), Client: client(), Now: w.now, API: w.slackAPI,
	})
	if err != nil {
		return nil, fmt.Errorf("SLACK_CHANNEL: %w", err)
	}
	return b, nil
}

func (w *wiring) hook() (deliver.Channel, error) {
	at, err := w.secret("SLACK_WEBHOOK_SECRET", w.webhook)
	if err != nil {
		return nil, err
	}
	return slack.NewWebhook(at, slack.Rendered(console), client()), nil
}

// console are the links of a message: event and role in AWS's console.
func console(m *deliver.Message) messages.Links { return messages.Console(messages.Links{}, m.Report) }

// links are the same, as lines of text.
func links(m *deliver.Message) string {
	to := console(m)
	var b strings.Builder
	for _, l := range []struct{ name, to string }{{"Event", to.Trail}, {"Role", to.Role}} {
		if l.to != "" {
			b.WriteString(l.name + ": " + l.to + "\n")
		}
	}
	return b.String()
}

// queue keeps deliveries.
type queue struct {
	api *signed.Client
	url string
}

// The wait of a message on the queue, in seconds: its own when nothing asks for
// more, and the longest there is (Amazon SQS API Reference, "SendMessage").
const (
	shortWait = time.Minute
	longWait  = 15 * time.Minute
)

// Keep puts a delivery on the queue, to be sent when that time is over, as far as
// a queue can wait.
func (q *queue) Keep(ctx context.Context, d *deliver.Delivery, after time.Duration) error {
	raw, err := d.Encode()
	if err != nil {
		return err
	}
	in := map[string]any{"QueueUrl": q.url, "MessageBody": string(raw)}
	if after > shortWait {
		in["DelaySeconds"] = int(math.Ceil(min(after, longWait).Seconds()))
	}
	return q.api.Call(ctx, "AmazonSQS.SendMessage", in, nil)
}
