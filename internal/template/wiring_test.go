package template

import (
	"archive/zip"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	v4 "github.com/aws/aws-sdk-go-v2/aws/signer/v4"
	"github.com/aws/aws-sdk-go-v2/credentials"
	"github.com/aws/aws-sdk-go-v2/service/eventbridge"
	ebtypes "github.com/aws/aws-sdk-go-v2/service/eventbridge/types"
	"github.com/aws/aws-sdk-go-v2/service/sqs"
	"github.com/google/go-cmp/cmp"

	"github.com/assumewhy/assumewhy/internal/awsproxy"
)

// cloud is moto, and the account to act in.
type cloud struct {
	t    *testing.T
	url  string
	keys aws.CredentialsProvider
}

func (c *cloud) as(id, secret, token string) {
	c.keys = credentials.NewStaticCredentialsProvider(id, secret, token)
}

// ask makes a request as the AWS CLI does, and gives the text of an answer's
// elements by their name.
func (c *cloud) ask(method, service, path, body string) func(element string) []string {
	c.t.Helper()
	req, err := http.NewRequestWithContext(c.t.Context(), method, c.url+path, strings.NewReader(body))
	if err != nil {
		c.t.Fatal(err)
	}
	keys, err := c.keys.Retrieve(c.t.Context())
	if err != nil {
		c.t.Fatal(err)
	}
	sum := sha256.Sum256([]byte(body))
	if method == http.MethodPost {
		req.Header.Set("Content-Type", "application/x-www-form-urlencoded; charset=utf-8")
	}
	if err := v4.NewSigner().SignHTTP(c.t.Context(), keys, req, hex.EncodeToString(sum[:]), service, "eu-west-1", time.Now()); err != nil {
		c.t.Fatal(err)
	}
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		c.t.Fatal(err)
	}
	defer func() { _ = res.Body.Close() }()
	answer, err := io.ReadAll(res.Body)
	if err != nil || res.StatusCode != http.StatusOK {
		c.t.Fatalf("%s %.60s: %s %v\n%s", service, body, res.Status, err, answer)
	}
	return func(element string) (out []string) {
		for _, m := range regexp.MustCompile(`<`+element+`>([^<]*)<`).FindAllStringSubmatch(string(answer), -1) {
			out = append(out, m[1])
		}
		return out
	}
}

func (c *cloud) call(service, action string, parameters ...string) func(element string) []string {
	c.t.Helper()
	form := url.Values{"Action": {action}}
	for _, p := range parameters {
		key, value := split(p)
		form.Set(key, value)
	}
	return c.ask(http.MethodPost, service, "/", form.Encode())
}

// unknown are resources that the emulation does not make; those behind the queue,
// which it would run in Docker; and the schedule, which it takes for a rule on all
// events. TestHub holds them.
var unknown = []string{
	"AWS::CloudWatch::Alarm", "AWS::SecretsManager::Secret",
	"AWS::Lambda::EventInvokeConfig", "AWS::Lambda::EventSourceMapping", "AWS::Lambda::Permission",
}

// deploy deploys a template, without what the emulation does not know, and gives
// its outputs.
func (c *cloud) deploy(stack, name string, parameters ...string) map[string]string {
	c.t.Helper()
	raw := Load(c.t, name)
	delete(raw, "Metadata") // labels for people; the body of a request is bounded
	var gone []string
	for id, r := range object(raw["Resources"]) {
		if kind := word(At(r, "Type")); slices.Contains(unknown, kind) || At(r, "Properties", "ScheduleExpression") != nil {
			gone = append(gone, id)
			delete(object(raw["Resources"]), id)
		} else if kind == "AWS::KMS::Key" {
			delete(object(At(r, "Properties")), "Tags") // which it reads in KMS's own words
		}
	}
	for id, o := range object(raw["Outputs"]) {
		if slices.Contains(gone, word(At(o, "Value", "Ref"))) {
			delete(object(raw["Outputs"]), id)
		}
	}
	raw["Resources"] = without(raw["Resources"], gone)
	text, err := json.Marshal(raw)
	if err != nil {
		c.t.Fatal(err)
	}
	arguments := []string{"StackName=" + stack, "TemplateBody=" + string(text), "Capabilities.member.1=CAPABILITY_NAMED_IAM"}
	for n, p := range parameters {
		key, value := split(p)
		arguments = append(arguments, fmt.Sprintf("Parameters.member.%d.ParameterKey=%s", n+1, key), fmt.Sprintf("Parameters.member.%d.ParameterValue=%s", n+1, value))
	}
	c.call("cloudformation", "CreateStack", arguments...)
	made := c.call("cloudformation", "DescribeStacks", "StackName="+stack)
	if status := made("StackStatus"); fmt.Sprint(status) != "[CREATE_COMPLETE]" {
		c.t.Fatalf("%s is %v", stack, status)
	}
	outputs := map[string]string{}
	values := made("OutputValue")
	for n, key := range made("OutputKey") {
		outputs[key] = values[n]
	}
	return outputs
}

// without replaces references to resources that are gone by their ids.
func without(v any, gone []string) any {
	switch v := v.(type) {
	case []any:
		for i := range v {
			v[i] = without(v[i], gone)
		}
	case map[string]any:
		if id := word(v["Ref"]); slices.Contains(gone, id) {
			return id
		}
		for name := range v {
			if text, ok := v[name].(string); ok && name == "Fn::Sub" {
				for _, id := range gone {
					text = strings.ReplaceAll(text, "${"+id+"}", id)
				}
				v[name] = text
				continue
			}
			v[name] = without(v[name], gone)
		}
	}
	return v
}

// code puts a package of the function where the template looks for it.
func (c *cloud) code() {
	c.t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	if _, err := z.Create("bootstrap"); err != nil {
		c.t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		c.t.Fatal(err)
	}
	c.ask(http.MethodPut, "s3", "/code", `<CreateBucketConfiguration><LocationConstraint>eu-west-1</LocationConstraint></CreateBucketConfiguration>`)
	c.ask(http.MethodPut, "s3", "/code/bootstrap.zip", b.String())
}

// put puts events on the default bus of the account, each with a number of its
// own, and gives the numbers of those that are wanted.
func (c *cloud) put(all []event) (wanted []string) {
	c.t.Helper()
	api := eventbridge.New(eventbridge.Options{Region: "eu-west-1", BaseEndpoint: &c.url, Credentials: c.keys})
	var entries []ebtypes.PutEventsRequestEntry
	for n, e := range all {
		number := fmt.Sprintf("%s %d", e.name, n)
		object(e.body["detail"])["number"] = number
		if e.denied {
			wanted = append(wanted, number)
		}
		detail, err := json.Marshal(e.body["detail"])
		if err != nil {
			c.t.Fatal(err)
		}
		entries = append(entries, ebtypes.PutEventsRequestEntry{
			Source: aws.String(word(e.body["source"])), DetailType: aws.String(word(e.body["detail-type"])), Detail: aws.String(string(detail)),
		})
	}
	for some := range slices.Chunk(entries, 10) {
		out, err := api.PutEvents(c.t.Context(), &eventbridge.PutEventsInput{Entries: some})
		if err != nil || out.FailedEntryCount > 0 {
			c.t.Fatalf("put %d events: %v %+v", len(some), err, out)
		}
	}
	slices.Sort(wanted)
	return wanted
}

// take empties a queue and gives the numbers of its events.
func (c *cloud) take(queue string) (got []string) {
	c.t.Helper()
	api := sqs.New(sqs.Options{Region: "eu-west-1", BaseEndpoint: &c.url, Credentials: c.keys})
	for {
		out, err := api.ReceiveMessage(c.t.Context(), &sqs.ReceiveMessageInput{QueueUrl: &queue, MaxNumberOfMessages: 10})
		if err != nil {
			c.t.Fatal(err)
		}
		if len(out.Messages) == 0 {
			slices.Sort(got)
			return got
		}
		for _, m := range out.Messages {
			var e map[string]any
			if err := json.Unmarshal([]byte(*m.Body), &e); err != nil {
				c.t.Fatalf("%v: %s", err, *m.Body)
			}
			got = append(got, word(At(e, "detail", "number")))
			if _, err := api.DeleteMessage(c.t.Context(), &sqs.DeleteMessageInput{QueueUrl: &queue, ReceiptHandle: m.ReceiptHandle}); err != nil {
				c.t.Fatal(err)
			}
		}
	}
}

// TestWiring deploys the hub and a member, and follows events from the default
// buses of both into the queue. The emulation judges the patterns by itself: what
// comes is what TestPatterns says must match.
func TestWiring(t *testing.T) {
	c := &cloud{t: t, url: awsproxy.Start(t).URL}
	c.as("test", "test", "")
	c.code()
	hub := c.deploy("assumewhy", Hub, "Email=alice@example.com", "OrganizationId=o-a1b2c3d4e5")
	queue := hub["EventsQueueUrl"]
	// A message costs the emulation a good part of a second: one sample of each
	// kind, and what differs from them in one thing.
	all := slices.Concat(ours(t)[:1], made(t))
	for i := range all { // the auditor is in the emulation's account
		if all[i].name == "the auditor's own denial" {
			object(At(all[i].body, "detail", "userIdentity", "sessionContext", "sessionIssuer"))["arn"] = hub["AuditorRoleArn"]
		}
	}
	wanted := c.put(all)
	if diff := cmp.Diff(wanted, c.take(queue)); diff != "" {
		t.Errorf("of the hub's own account, wanted (-) and come (+):\n%s", diff)
	}
	parameters := []string{
		"HomeRegion=eu-west-1", "OrganizationId=o-a1b2c3d4e5", "ExternalId=an-external-id",
		"HubBusArn=" + hub["HubBusArn"], "AuditorRoleArn=" + hub["AuditorRoleArn"],
	}
	session := c.call("sts", "AssumeRole", "RoleArn=arn:aws:iam::444455556666:role/deploy", "RoleSessionName=deploy", "Version=2011-06-15")
	member := *c
	member.as(session("AccessKeyId")[0], session("SecretAccessKey")[0], session("SessionToken")[0])
	member.deploy("assumewhy-member", Member, parameters...)
	few := slices.DeleteFunc(all, func(e event) bool {
		return e.denied && !strings.HasPrefix(e.name, "console") && !strings.HasPrefix(e.name, "a role")
	})
	wanted = member.put(few)
	if diff := cmp.Diff(wanted, c.take(queue)); diff != "" {
		t.Errorf("of a member's account, wanted (-) and come (+):\n%s", diff)
	}
	member.deploy("assumewhy-organization", Organization, parameters[1], parameters[2], parameters[4])
}
