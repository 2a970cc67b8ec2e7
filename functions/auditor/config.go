package main

import (
	"errors"
	"fmt"
	"log/slog"
	"strings"

	"github.com/assumewhy/assumewhy/pkg/arn"
	"github.com/assumewhy/assumewhy/pkg/locale"
)

// config is what the environment says. What is empty is off.
type config struct {
	region   string // AWS_REGION
	endpoint string // AWS_ENDPOINT_URL: instead of AWS's own addresses
	keys     keys   // AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN

	account string // HUB_ACCOUNT: 12 digits
	self    string // AUDITOR_ROLE_ARN: whose denied calls are dropped
	table   string // TABLE: of findings
	queue   string // DELIVERIES_QUEUE_URL: of what could not be sent

	topic        string // TOPIC_ARN: channel "mail"
	bus          string // BUS_ARN: channel "bus"
	webhook      string // SLACK_WEBHOOK_SECRET: channel "slack"
	token        string // SLACK_TOKEN_SECRET: the same, as a bot
	conversation string // SLACK_CHANNEL: of the bot
	slackAPI     string // SLACK_API_URL
	routes       string // ROUTES_PARAMETER

	readerRole       string // READER_ROLE
	organizationRole string // ORGANIZATION_ROLE_ARN
	externalID       string // EXTERNAL_ID_SECRET: the secret's ARN

	domains []string // REQUESTER_DOMAINS
	tag     string   // REQUESTER_TAG
	hash    bool     // HASH_NAMES
	lang    string   // LOCALE
	level   slog.Level
}

// keys are credentials. They go to the clients and stay nowhere else.
type keys struct{ id, secret, session string }

// readConfig reads the settings, and says of each that is wrong what to do.
func readConfig(getenv func(string) string) (config, []error) {
	get := func(name string) string { return strings.TrimSpace(getenv(name)) }
	c := config{
		region: get("AWS_REGION"), endpoint: strings.TrimSuffix(get("AWS_ENDPOINT_URL"), "/"),
		keys:    keys{get("AWS_ACCESS_KEY_ID"), get("AWS_SECRET_ACCESS_KEY"), get("AWS_SESSION_TOKEN")},
		account: get("HUB_ACCOUNT"), self: get("AUDITOR_ROLE_ARN"), table: get("TABLE"), queue: get("DELIVERIES_QUEUE_URL"),
		topic: get("TOPIC_ARN"), bus: get("BUS_ARN"), webhook: get("SLACK_WEBHOOK_SECRET"), token: get("SLACK_TOKEN_SECRET"),
		conversation: get("SLACK_CHANNEL"), slackAPI: get("SLACK_API_URL"), routes: get("ROUTES_PARAMETER"),
		readerRole: get("READER_ROLE"), organizationRole: get("ORGANIZATION_ROLE_ARN"), externalID: get("EXTERNAL_ID_SECRET"),
		tag: get("REQUESTER_TAG"), lang: get("LOCALE"),
	}
	if c.slackAPI != "" && !strings.HasSuffix(c.slackAPI, "/") {
		c.slackAPI += "/"
	}
	if c.lang == "" {
		c.lang = "en"
	}
	errs := c.choices(get)
	return c, append(errs, c.validate()...)
}

// choices reads the settings that are one of a few words, or a list.
func (c *config) choices(get func(string) string) []error {
	var errs []error
	for _, d := range strings.Split(get("REQUESTER_DOMAINS"), ",") {
		d = strings.ToLower(strings.TrimPrefix(strings.TrimSpace(d), "@"))
		switch {
		case d == "":
		case strings.ContainsAny(d, " @*/") || !strings.Contains(d, "."):
			errs = append(errs, fmt.Errorf("REQUESTER_DOMAINS: %.80q is no mail domain: write example.com, several separated by commas", d))
		default:
			c.domains = append(c.domains, d)
		}
	}
	switch v := get("HASH_NAMES"); strings.ToLower(v) {
	case "", "false":
	case "true":
		c.hash = true
	default:
		errs = append(errs, fmt.Errorf("HASH_NAMES: %.80q is neither true nor false", v))
	}
	if v := get("LOG_LEVEL"); v != "" {
		switch strings.ToLower(v) {
		case "debug", "info", "warn", "error":
			errs = append(errs, c.level.UnmarshalText([]byte(v)))
		default:
			errs = append(errs, fmt.Errorf("LOG_LEVEL: %.80q is none of debug, info, warn, error", v))
		}
	}
	return present(errs)
}

func (c *config) validate() []error {
	return present([]error{
		need("AWS_REGION", c.region, "Lambda sets it"),
		need("AWS_ACCESS_KEY_ID", c.keys.id, "Lambda sets it from the function's role"),
		need("AWS_SECRET_ACCESS_KEY", c.keys.secret, "Lambda sets it from the function's role"),
		need("TABLE", c.table, "give the name of the DynamoDB table of findings"),
		account("HUB_ACCOUNT", c.account),
		named("AUDITOR_ROLE_ARN", c.self, "iam"),
		named("ORGANIZATION_ROLE_ARN", c.organizationRole, "iam"),
		named("TOPIC_ARN", c.topic, "sns"),
		named("BUS_ARN", c.bus, "events"),
		named("SLACK_WEBHOOK_SECRET", c.webhook, "secretsmanager", "ssm"),
		named("SLACK_TOKEN_SECRET", c.token, "secretsmanager", "ssm"),
		named("EXTERNAL_ID_SECRET", c.externalID, "secretsmanager", "ssm"),
		named("ROUTES_PARAMETER", c.routes, "ssm"),
		address("AWS_ENDPOINT_URL", c.endpoint),
		address("SLACK_API_URL", c.slackAPI),
		address("DELIVERIES_QUEUE_URL", c.queue),
		c.bot(),
		language(c.lang),
	})
}

func (c *config) bot() error {
	if c.token != "" && c.conversation == "" {
		return errors.New("SLACK_CHANNEL is empty: with SLACK_TOKEN_SECRET it names the conversation, such as C0123456789")
	}
	return nil
}

func language(lang string) error {
	if _, err := locale.For(lang); err != nil {
		return fmt.Errorf("LOCALE: %w", err)
	}
	return nil
}

func need(name, value, what string) error {
	if value == "" {
		return fmt.Errorf("%s is empty: %s", name, what)
	}
	return nil
}

func account(name, value string) error {
	if len(value) != 12 || strings.Trim(value, "0123456789") != "" {
		return fmt.Errorf("%s: %.80q is no account id of 12 digits", name, value)
	}
	return nil
}

// named holds a setting to an ARN of one of the services, with the region to call
// it in. What it is instead is
// not told: it may be the secret itself.
func named(name, value string, services ...string) error {
	if value == "" {
		return nil
	}
	a, ok := arn.Parse(value)
	for _, s := range services {
		if ok && a.Service == s && (s == "iam" || a.Region != "") {
			return nil
		}
	}
	where := ":REGION"
	if services[0] == "iam" {
		where = ":"
	}
	return fmt.Errorf("%s: this is no ARN of %s: it begins with arn:aws:%s%s:ACCOUNT", name, strings.Join(services, " or "), services[0], where)
}

func address(name, value string) error {
	if value == "" || strings.HasPrefix(value, "https://") || strings.HasPrefix(value, "http://") {
		return nil
	}
	return fmt.Errorf("%s: this is no address: it begins with https", name)
}

// present are the errors that are there.
func present(errs []error) []error {
	var out []error
	for _, err := range errs {
		if err != nil {
			out = append(out, err)
		}
	}
	return out
}
