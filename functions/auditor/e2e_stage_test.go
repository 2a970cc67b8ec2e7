package main_test

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"
	"github.com/aws/aws-sdk-go-v2/service/eventbridge"
	eventtypes "github.com/aws/aws-sdk-go-v2/service/eventbridge/types"
	"github.com/aws/aws-sdk-go-v2/service/iam"
	"github.com/aws/aws-sdk-go-v2/service/secretsmanager"
	"github.com/aws/aws-sdk-go-v2/service/sns"
	"github.com/aws/aws-sdk-go-v2/service/sqs"
	"github.com/aws/aws-sdk-go-v2/service/ssm"
	ssmtypes "github.com/aws/aws-sdk-go-v2/service/ssm/types"

	"github.com/assumewhy/assumewhy/internal/awsworld"
	"github.com/assumewhy/assumewhy/internal/lambdatest"
)

const (
	home       = awsworld.Home
	region     = awsworld.Region
	tableName  = "findings"
	readerRole = "assumewhy-reader"
	roleARN    = "arn:aws:iam::" + home + ":role/assumewhy-auditor"
	externalID = "hushHushExternalId"

	organizationRole = "assumewhy-organization"
)

// stage is one deployment in moto: table, topic, bus, queues and secrets, with
// those who listen, and the function's environments.
type stage struct {
	*awsworld.World
	t     *testing.T
	slack *slackServer
	env   map[string]string
	// of who subscribes to the topic, who listens to the bus, and what could not
	// be delivered
	mail, bus, deliveries string

	closed   string // an account that may not switch, see restricted
	function lambdatest.Function
	running  []*lambdatest.Environment
	spent    map[string]bool  // what was sent anywhere, for secrets
	frozen   []map[string]any // the items of the table, where nothing writes to it any more
}

// newStage deploys. Slack is told as a bot, mail by the topic; the bus is silent
// until withBus.
func newStage(t *testing.T, e *endToEnd) *stage {
	t.Helper()
	s := &stage{World: awsworld.New(t, e.proxy), t: t, slack: newSlack(t), spent: map[string]bool{}}
	s.table()
	topic := s.topic()
	s.deliveries = s.queue("deliveries")
	s.env = map[string]string{
		"HUB_ACCOUNT": home, "AUDITOR_ROLE_ARN": roleARN, "TABLE": tableName, "TOPIC_ARN": topic,
		"SLACK_TOKEN_SECRET": s.secret("slack-token", botToken), "SLACK_CHANNEL": channel, "SLACK_API_URL": s.slack.URL + "/api/",
		"READER_ROLE": readerRole, "EXTERNAL_ID_SECRET": s.secret("external-id", externalID),
		"DELIVERIES_QUEUE_URL": s.deliveries, "LOCALE": "en", "LOG_LEVEL": "debug", "AWS_ENDPOINT_URL": e.proxy.URL,
	}
	s.function = lambdatest.Function{Binary: e.binary, Timeout: 30 * time.Second}
	e.note(s)
	s.Forget()
	t.Cleanup(func() {
		e.note(s)
		s.noSecrets()
		e.peaks(s)
	})
	return s
}

// start starts an environment.
func (s *stage) start() *lambdatest.Environment {
	s.t.Helper()
	f := s.function
	f.Env = maps.Clone(s.env)
	e := lambdatest.Start(s.t, f)
	s.running = append(s.running, e)
	return e
}

func (s *stage) table() {
	key := func(name string, kind types.KeyType) types.KeySchemaElement {
		return types.KeySchemaElement{AttributeName: &name, KeyType: kind}
	}
	in := &dynamodb.CreateTableInput{
		TableName: aws.String(tableName), BillingMode: types.BillingModePayPerRequest,
		KeySchema: []types.KeySchemaElement{key("pk", types.KeyTypeHash), key("sk", types.KeyTypeRange)},
		GlobalSecondaryIndexes: []types.GlobalSecondaryIndex{{
			IndexName: aws.String("recent"), Projection: &types.Projection{ProjectionType: types.ProjectionTypeAll},
			KeySchema: []types.KeySchemaElement{key("day", types.KeyTypeHash), key("last", types.KeyTypeRange)},
		}},
	}
	for _, name := range []string{"pk", "sk", "day", "last"} {
		in.AttributeDefinitions = append(in.AttributeDefinitions, types.AttributeDefinition{AttributeName: &name, AttributeType: types.ScalarAttributeTypeS})
	}
	_, err := dynamodb.NewFromConfig(s.Config).CreateTable(s.t.Context(), in)
	s.Must(err)
}

func (s *stage) queue(name string) string {
	out, err := sqs.NewFromConfig(s.Config).CreateQueue(s.t.Context(), &sqs.CreateQueueInput{QueueName: &name})
	s.Must(err)
	return *out.QueueUrl
}

func queueARN(name string) string { return "arn:aws:sqs:" + region + ":" + home + ":" + name }

// topic makes the topic and a queue that subscribes to it.
func (s *stage) topic() string {
	c := sns.NewFromConfig(s.Config)
	out, err := c.CreateTopic(s.t.Context(), &sns.CreateTopicInput{Name: aws.String("findings")})
	s.Must(err)
	s.mail = s.queue("mail")
	_, err = c.Subscribe(s.t.Context(), &sns.SubscribeInput{TopicArn: out.TopicArn, Protocol: aws.String("sqs"), Endpoint: aws.String(queueARN("mail"))})
	s.Must(err)
	return *out.TopicArn
}

// withBus makes a bus of findings and a queue behind a rule on it.
func (s *stage) withBus() *stage {
	c, name := eventbridge.NewFromConfig(s.Config), aws.String("findings")
	out, err := c.CreateEventBus(s.t.Context(), &eventbridge.CreateEventBusInput{Name: name})
	s.Must(err)
	s.bus = s.queue("bus")
	_, err = c.PutRule(s.t.Context(), &eventbridge.PutRuleInput{Name: name, EventBusName: name, EventPattern: aws.String(`{"source":["assumewhy"]}`)})
	s.Must(err)
	_, err = c.PutTargets(s.t.Context(), &eventbridge.PutTargetsInput{
		Rule: name, EventBusName: name, Targets: []eventtypes.Target{{Id: name, Arn: aws.String(queueARN("bus"))}},
	})
	s.Must(err)
	s.env["BUS_ARN"] = *out.EventBusArn
	return s
}

// withWebhook tells Slack by an incoming webhook in place of the bot.
func (s *stage) withWebhook() *stage {
	delete(s.env, "SLACK_TOKEN_SECRET")
	delete(s.env, "SLACK_CHANNEL")
	delete(s.env, "SLACK_API_URL")
	s.env["SLACK_WEBHOOK_SECRET"] = s.parameter("slack-webhook", s.slack.URL+hookPath)
	return s
}

// secret is the ARN of a secret of Secrets Manager.
func (s *stage) secret(name, value string) string {
	out, err := secretsmanager.NewFromConfig(s.Config).CreateSecret(s.t.Context(), &secretsmanager.CreateSecretInput{Name: &name, SecretString: &value})
	s.Must(err)
	return *out.ARN
}

// parameter is the ARN of a SecureString of Systems Manager.
func (s *stage) parameter(name, value string) string {
	_, err := ssm.NewFromConfig(s.Config).PutParameter(s.t.Context(), &ssm.PutParameterInput{
		Name: aws.String("/assumewhy/" + name), Value: &value, Type: ssmtypes.ParameterTypeSecureString,
	})
	s.Must(err)
	return "arn:aws:ssm:" + region + ":" + home + ":parameter/assumewhy/" + name
}

// message is one message of a queue.
type message struct {
	ID, Receipt, Body string
}

// drain takes all messages of a queue off it.
func (s *stage) drain(queue string) []message {
	s.t.Helper()
	c := sqs.NewFromConfig(s.Config)
	var all []message
	for {
		out, err := c.ReceiveMessage(s.t.Context(), &sqs.ReceiveMessageInput{QueueUrl: &queue, MaxNumberOfMessages: 10})
		s.Must(err)
		for _, m := range out.Messages {
			all = append(all, message{*m.MessageId, *m.ReceiptHandle, *m.Body})
			s.spent[*m.Body] = true
			_, err := c.DeleteMessage(s.t.Context(), &sqs.DeleteMessageInput{QueueUrl: &queue, ReceiptHandle: m.ReceiptHandle})
			s.Must(err)
		}
		if len(out.Messages) == 0 {
			return all
		}
	}
}

// items are all items of the table, each as JSON.
func (s *stage) items() []map[string]any {
	s.t.Helper()
	if s.frozen != nil {
		return s.frozen
	}
	var all []map[string]any
	pages := dynamodb.NewScanPaginator(dynamodb.NewFromConfig(s.Config), &dynamodb.ScanInput{TableName: aws.String(tableName)})
	for pages.HasMorePages() {
		page, err := pages.NextPage(context.WithoutCancel(s.t.Context())) // the test may be over
		s.Must(err)
		for _, i := range page.Items {
			one := map[string]any{}
			for k, v := range i {
				switch v := v.(type) {
				case *types.AttributeValueMemberS:
					one[k] = v.Value
				case *types.AttributeValueMemberN:
					one[k] = v.Value
				case *types.AttributeValueMemberB:
					one[k] = unpack(s.t, v.Value)
				}
			}
			all = append(all, one)
		}
	}
	return all
}

// noSecrets: nothing that was told, kept or logged holds a secret.
func (s *stage) noSecrets() {
	s.t.Helper()
	told := map[string]string{}
	for n, e := range s.running {
		told[fmt.Sprintf("the log of environment %d", n)] = e.Output()
	}
	for n, p := range s.slack.all() {
		told[fmt.Sprintf("post %d of Slack", n)] = p.Raw
	}
	if raw, err := json.Marshal(s.items()); err == nil {
		told["the table"] = string(raw)
	}
	for body := range s.spent {
		told["a message: "+body[:min(len(body), 60)]] = body
	}
	for where, text := range told {
		for _, secret := range []string{externalID, hookPath, botToken, contractID, "ASIA", "AKIA", "FQoGZX", "hooks.slack"} {
			if strings.Contains(text, secret) {
				s.t.Errorf("%s holds %q: …%s", where, secret, around(text, secret))
			}
		}
	}
}

func around(text, word string) string {
	i := strings.Index(text, word)
	return text[max(0, i-120):min(len(text), i+60)]
}

// bounded gives a role an inline policy that allows role switches and a boundary
// that does not.
func (s *stage) bounded(account, role string) {
	c, boundary := s.IAM(account), `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:*","Resource":"*"}]}`
	p, err := c.CreatePolicy(s.t.Context(), &iam.CreatePolicyInput{PolicyName: aws.String("limit"), PolicyDocument: &boundary})
	s.Must(err)
	_, err = c.PutRolePermissionsBoundary(s.t.Context(), &iam.PutRolePermissionsBoundaryInput{RoleName: &role, PermissionsBoundary: p.Policy.Arn})
	s.Must(err)
	_, err = c.PutRolePolicy(s.t.Context(), &iam.PutRolePolicyInput{RoleName: &role, PolicyName: aws.String("own"), PolicyDocument: aws.String(allowAssume)})
	s.Must(err)
}
