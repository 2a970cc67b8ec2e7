package template

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/assumewhy/assumewhy/pkg/collect/awsapi"
)

// read by `explain --live` and the auditor, by who needs it.
func grantedTo(g awsapi.Grantee) []string {
	var out []string
	for _, p := range awsapi.Permissions() {
		if p.Grantee == g && !p.Whole {
			out = append(out, p.Action)
		}
	}
	return out
}

// itself is what the auditor's role needs besides reading policies: that of the
// ledger, the channels, the secrets, the queues and Lambda.
var itself = []string{
	"dynamodb:BatchWriteItem", "dynamodb:DeleteItem", "dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:Query",
	"events:PutEvents",
	"kms:Decrypt", "kms:GenerateDataKey",
	"logs:CreateLogStream", "logs:PutLogEvents",
	"secretsmanager:GetSecretValue",
	"sns:Publish",
	"sqs:DeleteMessage", "sqs:GetQueueAttributes", "sqs:ReceiveMessage", "sqs:SendMessage",
	"ssm:GetParameter",
}

// TestActions: each role may do what its calls need, and nothing else. That the
// calls are these is held by the tests of awsapi and of the auditor.
func TestActions(t *testing.T) {
	reader, organization := grantedTo(awsapi.ReaderRole), grantedTo(awsapi.OrganizationReader)
	// The account is configured: nobody asks AWS STS for it.
	credentials := slices.DeleteFunc(grantedTo(awsapi.Credentials), func(a string) bool { return a == "sts:GetCallerIdentity" })
	single := []string{"OrganizationId=", "OrganizationRoleArn=", "FindingsBusArn=", "SlackTokenSecretArn=", "SlackWebhookSecretArn=", "RoutesParameterArn=", "SecretsKeyArn="}
	none := func(a string) bool {
		service, _, _ := strings.Cut(a, ":")
		return slices.Contains([]string{"events", "secretsmanager", "ssm"}, service)
	}
	tests := []struct {
		name string
		got  []string
		want []string
	}{
		{"reader", Actions(t, "reader"), reader},
		{"organization", Actions(t, "organization"), organization},
		{"forward", Actions(t, "forward"), []string{"events:PutEvents"}},
		{"auditor", Actions(t, "auditor"), slices.Concat(itself, reader, credentials)},
		{"auditor that reads the organization itself", Actions(t, "auditor", "OrganizationRoleArn="), slices.Concat(itself, reader, credentials, organization)},
		{"auditor of a single account", Actions(t, "auditor", single...), slices.Concat(slices.DeleteFunc(slices.Clone(itself), none), reader, organization)},
	}
	for _, tt := range tests {
		slices.Sort(tt.want)
		if diff := cmp.Diff(slices.Compact(tt.want), tt.got); diff != "" {
			t.Errorf("%s, needed (-) and granted (+):\n%s", tt.name, diff)
		}
	}
}

// TestStatements: a statement names the resources that it is for, save where IAM
// and Organizations know none that would be narrower.
func TestStatements(t *testing.T) {
	resources := map[string]string{
		"WriteLogs": "AuditorLogs.Arn", "TakeMessages": "EventsQueue.Arn DeliveriesQueue.Arn", "KeepDeliveries": "DeliveriesQueue.Arn",
		"KeepFindings": "Table.Arn", "FindUntold": "Table.Arn/index/recent", "TellTopic": "Topic", "TellTopicEncrypted": "TopicKey.Arn",
		"ReadOwnAccount": "*", "ReadAccount": "*", "ReadOrganization": "*",
		"EnterOrganization": "arn:aws:iam::999900001111:role/assumewhy-organization", "EnterMembers": "arn:aws:iam::*:role/assumewhy-reader",
		"ReadExternalId": "ExternalId", "ReadWebhook": "arn:aws:secretsmanager:eu-west-1:111122223333:secret:webhook-AbCdEf",
		"ReadToken":      "arn:aws:ssm:eu-west-1:111122223333:parameter/slack/token",
		"ReadRoutes":     "arn:aws:ssm:eu-west-1:111122223333:parameter/assumewhy/routes",
		"DecryptSecrets": "arn:aws:kms:eu-west-1:111122223333:key/11111111-2222-3333-4444-555555555555",
		"TellBus":        "arn:aws:events:eu-west-1:111122223333:event-bus/findings", "Forward": "arn:aws:events:eu-west-1:111122223333:event-bus/assumewhy",
	}
	conditions := map[string]string{
		"EnterMembers":       "map[StringEquals:map[aws:ResourceOrgID:o-a1b2c3d4e5]]",
		"TellTopicEncrypted": "map[StringEquals:map[kms:ViaService:sns.eu-west-1.amazonaws.com]]",
		"DecryptSecrets":     "map[StringLike:map[kms:ViaService:[secretsmanager.*.amazonaws.com ssm.*.amazonaws.com]]]",
	}
	seen := map[string]bool{}
	for _, role := range []string{"auditor", "reader", "organization", "forward"} {
		for _, s := range append(Statements(t, role), Statements(t, role, "OrganizationRoleArn=")...) {
			sid := word(s["Sid"])
			seen[sid] = true
			if got := strings.Join(Texts(s["Resource"]), " "); s["Effect"] != "Allow" || got != resources[sid] {
				t.Errorf("%s: %s is for %q, want %q", role, sid, got, resources[sid])
			}
			if got := fmt.Sprint(s["Condition"]); got != conditions[sid] && (s["Condition"] != nil || conditions[sid] != "") {
				t.Errorf("%s: %s has the condition %s, want %s", role, sid, got, conditions[sid])
			}
			for _, a := range Texts(s["Action"]) {
				if strings.Contains(a, "*") {
					t.Errorf("%s: %s grants %s", role, sid, a)
				}
			}
		}
	}
	if len(seen) != len(resources) {
		t.Errorf("%d statements seen, want %d", len(seen), len(resources))
	}
}

// TestTrust: who may be whom.
func TestTrust(t *testing.T) {
	one := func(s *Stack, id string) any {
		all := list(s.Get(id, "AssumeRolePolicyDocument", "Statement"))
		if len(all) != 1 || At(all[0], "Action") != "sts:AssumeRole" {
			t.Fatalf("%s: %v", id, all)
		}
		return fmt.Sprint(At(all[0], "Principal"), " ", At(all[0], "Condition"))
	}
	member, organization := Make(t, Member, OfMember()...), Make(t, Organization, OfMember()...)
	read := "map[AWS:arn:aws:iam::111122223333:root] map[ArnEquals:map[aws:PrincipalArn:arn:aws:iam::111122223333:role/assumewhy-auditor] " +
		"StringEquals:map[aws:PrincipalOrgID:o-a1b2c3d4e5 sts:ExternalId:an-external-id]]"
	for _, tt := range []struct {
		got  any
		want string
	}{
		{one(Make(t, Hub, Everything()...), "AuditorRole"), "map[Service:lambda.amazonaws.com] <nil>"},
		{one(member, "ForwardRole"), "map[Service:events.amazonaws.com] map[StringEquals:map[aws:SourceAccount:444455556666]]"},
		{one(member, "ReaderRole"), read},
		{one(organization, "OrganizationRole"), read},
	} {
		if tt.got != tt.want {
			t.Errorf("trusts %s\nwant   %s", tt.got, tt.want)
		}
	}
}

// TestMember: what there is in which account and region.
func TestMember(t *testing.T) {
	for _, tt := range []struct {
		name       string
		parameters []string
		want       string
	}{
		{"at home", nil, "DeniedRule ForwardRole ReaderRole SwitchFailedRule"},
		{"another region", []string{"AWS::Region=us-east-1"}, "DeniedRule SwitchFailedRule"},
		{"the hub itself", []string{"AWS::AccountId=111122223333"}, "ForwardRole"},
		{"another region of the hub", []string{"AWS::AccountId=111122223333", "AWS::Region=us-east-1"}, "DeniedRule SwitchFailedRule"},
		{"the hub, roles elsewhere", []string{"AWS::AccountId=111122223333", "HomeRegion=us-east-1"}, ""},
		{"a single account", []string{"AWS::AccountId=111122223333", "AWS::Region=us-east-1", "HomeRegion=us-east-1", "OrganizationId=", "ExternalId="}, "DeniedRule ForwardRole SwitchFailedRule"},
	} {
		s := Make(t, Member, append(OfMember(), tt.parameters...)...)
		var ids []string
		for id := range s.Resources {
			ids = append(ids, id)
		}
		slices.Sort(ids)
		if got := strings.Join(ids, " "); got != tt.want {
			t.Errorf("%s: %s, want %s", tt.name, got, tt.want)
		}
		for _, id := range s.Of("AWS::Events::Rule") {
			for _, target := range list(s.Get(id, "Targets")) {
				if At(target, "Arn") != "arn:aws:events:eu-west-1:111122223333:event-bus/assumewhy" || !strings.HasSuffix(word(At(target, "RoleArn")), ":role/assumewhy-forward") {
					t.Errorf("%s: %s: %v", tt.name, id, target)
				}
			}
		}
	}
}
