package template

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// want is what a property must be.
type want struct {
	path string
	is   any
}

func (w want) check(t *testing.T, s *Stack, id string) {
	t.Helper()
	if _, ok := s.Resources[id]; !ok {
		t.Errorf("there is no %s", id)
		return
	}
	got := s.Get(id, strings.Split(w.path, ".")...)
	if fmt.Sprint(got) != fmt.Sprint(w.is) {
		t.Errorf("%s: %s is %v, want %v", id, w.path, got, w.is)
	}
}

// TestHub holds what an emulation would not show: the properties of each resource
// as CloudFormation gets them.
func TestHub(t *testing.T) {
	s := Make(t, Hub, Everything()...)
	for id, all := range map[string][]want{
		"AuditorFunction": {
			{"Architectures", "[arm64]"},
			{"Runtime", "provided.al2023"},
			{"Handler", "bootstrap"},
			{"Timeout", 60},
			{"MemorySize", 256},
			{"LoggingConfig.LogGroup", "AuditorLogs"},
			{"TracingConfig", nil},
			{"ReservedConcurrentExecutions", nil},
			{"Role", "arn:aws:iam::111122223333:role/assumewhy-auditor"},
		},
		"AuditorLogs": {{"RetentionInDays", 30}},
		"AuditorFunctionDenied": {
			{"EventSourceArn", "EventsQueue.Arn"},
			{"BatchSize", 100},
			{"MaximumBatchingWindowInSeconds", 5},
			{"FunctionResponseTypes", "[ReportBatchItemFailures]"},
			{"ScalingConfig.MaximumConcurrency", 5},
		},
		"AuditorFunctionDelivery": {
			{"EventSourceArn", "DeliveriesQueue.Arn"},
			{"FunctionResponseTypes", "[ReportBatchItemFailures]"},
			{"ScalingConfig.MaximumConcurrency", 2},
		},
		"AuditorFunctionTick": {{"ScheduleExpression", "rate(5 minutes)"}},
		"EventsQueue": {
			{"VisibilityTimeout", 360}, {"RedrivePolicy.deadLetterTargetArn", "DeadLetters.Arn"}, {"RedrivePolicy.maxReceiveCount", 5},
		},
		"DeliveriesQueue": {
			{"VisibilityTimeout", 900}, {"RedrivePolicy.deadLetterTargetArn", "DeadLetters.Arn"}, {"RedrivePolicy.maxReceiveCount", 12},
		},
		"Table": {
			{"BillingMode", "PAY_PER_REQUEST"},
			{"SSESpecification.SSEEnabled", true},
			{"PointInTimeRecoverySpecification.PointInTimeRecoveryEnabled", true},
			{"TimeToLiveSpecification.AttributeName", "expires"},
			{"TimeToLiveSpecification.Enabled", true},
			{"TableName", nil},
		},
		"TopicKey":   {{"EnableKeyRotation", true}},
		"Topic":      {{"KmsMasterKeyId", "TopicKey.Arn"}},
		"AlarmTopic": {{"KmsMasterKeyId", "TopicKey.Arn"}},
		"BusPolicy":  {{"Statement.Condition.StringEquals.aws:PrincipalOrgID", "o-a1b2c3d4e5"}, {"Statement.Action", "events:PutEvents"}},
	} {
		for _, w := range all {
			w.check(t, s, id)
		}
	}
	if r := s.Resources["Table"]; r.Deletion != "Retain" || r.Replace != "Retain" {
		t.Errorf("the table is deleted with the stack: %q, %q", r.Deletion, r.Replace)
	}
	for _, target := range list(s.Get("AuditorFunctionTick", "Targets")) {
		if At(target, "Input") != `{"assumewhy":"tick"}` {
			t.Errorf("the schedule says %v", At(target, "Input"))
		}
	}
}

// TestQueues: every queue is encrypted and keeps as long as it may, and every rule
// that feeds one has a place for what it cannot deliver, and may deliver there.
func TestQueues(t *testing.T) {
	s := Make(t, Hub, Everything()...)
	for _, id := range s.Of("AWS::SQS::Queue") {
		want{"SqsManagedSseEnabled", true}.check(t, s, id)
		want{"MessageRetentionPeriod", 1209600}.check(t, s, id)
	}
	var fed []string
	for _, id := range s.Of("AWS::Events::Rule") {
		if s.Get(id, "EventPattern") == nil {
			continue
		}
		fed = append(fed, id+".Arn")
		for _, target := range list(s.Get(id, "Targets")) {
			if At(target, "Arn") != "EventsQueue.Arn" || At(target, "DeadLetterConfig", "Arn") != "Undelivered.Arn" || At(target, "RetryPolicy") == nil {
				t.Errorf("%s: target %v", id, target)
			}
		}
	}
	statement := list(s.Get("QueuePolicy", "PolicyDocument", "Statement"))[0]
	may := Texts(At(statement, "Condition", "ArnEquals", "aws:SourceArn"))
	slices.Sort(may)
	if diff := cmp.Diff(fed, may); diff != "" {
		t.Errorf("rules that feed the queue (-) and may (+):\n%s", diff)
	}
	if diff := cmp.Diff([]string{"EventsQueue.Arn", "Undelivered.Arn"}, Texts(At(statement, "Resource"))); diff != "" {
		t.Error(diff)
	}
}

// TestAlarms: what is watched, and that each alarm is told.
func TestAlarms(t *testing.T) {
	s := Make(t, Hub, Everything()...)
	watched := map[string]string{
		"DeadLettersAlarm":     "AWS/SQS ApproximateNumberOfMessagesVisible [map[Name:QueueName Value:DeadLetters.QueueName]]",
		"UndeliveredAlarm":     "AWS/SQS ApproximateNumberOfMessagesVisible [map[Name:QueueName Value:Undelivered.QueueName]]",
		"AgeAlarm":             "AWS/SQS ApproximateAgeOfOldestMessage [map[Name:QueueName Value:EventsQueue.QueueName]]",
		"ErrorsAlarm":          "AWS/Lambda Errors [map[Name:FunctionName Value:AuditorFunction]]",
		"ThrottlesAlarm":       "AWS/Lambda Throttles [map[Name:FunctionName Value:AuditorFunction]]",
		"DeliverFailuresAlarm": "assumewhy DeliverFailures <nil>",
		"RoutesFailuresAlarm":  "assumewhy RoutesFailures <nil>",
		"QuietAlarm":           "assumewhy Events <nil>",
	}
	for _, id := range s.Of("AWS::CloudWatch::Alarm") {
		p := s.Resources[id].Properties
		if got := fmt.Sprint(p["Namespace"], " ", p["MetricName"], " ", p["Dimensions"]); got != watched[id] {
			t.Errorf("%s watches %s, want %s", id, got, watched[id])
		}
		if fmt.Sprint(p["AlarmActions"]) != "[AlarmTopic]" || fmt.Sprint(p["OKActions"]) != "[AlarmTopic]" || p["TreatMissingData"] == nil {
			t.Errorf("%s: %v", id, p)
		}
		if p["Namespace"] == Namespace && !slices.Contains(Metrics[fmt.Sprint(p["MetricName"])], "") {
			t.Errorf("%s: the auditor writes no such metric without dimensions", id)
		}
		delete(watched, id)
	}
	if len(watched) > 0 {
		t.Errorf("missing: %v", watched)
	}
	want{"EvaluationPeriods", 3}.check(t, s, "QuietAlarm")
	want{"TreatMissingData", "breaching"}.check(t, s, "QuietAlarm")
	for id, parameters := range map[string][]string{
		"QuietAlarm": {"Email=alice@example.com", "QuietDays=0"}, "RoutesFailuresAlarm": {"Email=alice@example.com"},
	} {
		if _, ok := Make(t, Hub, parameters...).Resources[id]; ok {
			t.Errorf("%s is there with %v", id, parameters)
		}
	}
}

// TestEnvironment: the variables of the function, and which are empty in a single
// account.
func TestEnvironment(t *testing.T) {
	variables := func(p ...string) map[string]any {
		return object(Make(t, Hub, p...).Get("AuditorFunction", "Environment", "Variables"))
	}
	single := variables("Email=alice@example.com")
	wanted := map[string]any{
		"HUB_ACCOUNT": "111122223333", "AUDITOR_ROLE_ARN": "arn:aws:iam::111122223333:role/assumewhy-auditor", "TABLE": "Table",
		"TOPIC_ARN": "Topic", "BUS_ARN": "", "SLACK_WEBHOOK_SECRET": "", "SLACK_TOKEN_SECRET": "", "SLACK_CHANNEL": "", "SLACK_API_URL": "",
		"ROUTES_PARAMETER": "", "READER_ROLE": "", "ORGANIZATION_ROLE_ARN": "", "EXTERNAL_ID_SECRET": "", "REQUESTER_DOMAINS": "",
		"REQUESTER_TAG": "", "HASH_NAMES": "false", "LOCALE": "en", "DELIVERIES_QUEUE_URL": "DeliveriesQueue", "LOG_LEVEL": "info",
	}
	if diff := cmp.Diff(wanted, single); diff != "" {
		t.Error(diff)
	}
	wide := variables(Everything()...)
	for key, value := range map[string]string{
		"READER_ROLE": "assumewhy-reader", "EXTERNAL_ID_SECRET": "ExternalId", "ORGANIZATION_ROLE_ARN": "arn:aws:iam::999900001111:role/assumewhy-organization",
		"SLACK_CHANNEL": "C0123ABCD", "BUS_ARN": "arn:aws:events:eu-west-1:111122223333:event-bus/findings",
	} {
		if wide[key] != value {
			t.Errorf("%s is %v, want %s", key, wide[key], value)
		}
	}
}

// TestSingle: the smallest deployment has nothing of an organization, and a mail
// subscription when there is an address.
func TestSingle(t *testing.T) {
	s := Make(t, Hub, "SlackWebhookSecretArn=arn:aws:secretsmanager:eu-west-1:111122223333:secret:webhook")
	for _, id := range []string{"BusPolicy", "ExternalId", "EmailSubscription", "AlarmEmailSubscription", "RoutesFailuresAlarm"} {
		if _, ok := s.Resources[id]; ok {
			t.Errorf("%s is there", id)
		}
	}
	mail := Make(t, Hub, "Email=alice@example.com")
	want{"Endpoint", "alice@example.com"}.check(t, mail, "EmailSubscription")
	want{"Endpoint", "alice@example.com"}.check(t, mail, "AlarmEmailSubscription")
	want{"Endpoint", "bob@example.com"}.check(t, Make(t, Hub, Everything()...), "AlarmEmailSubscription")
}
