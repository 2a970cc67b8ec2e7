// Package template reads the CloudFormation templates of the repository for
// tests: as CloudFormation gets them, with SAM's transform done offline, and with
// parameters put in ([Make]). It is for tests alone.
//
// YAML and SAM are read by python3 with the package samtranslator, the transform
// that AWS runs. Where that is missing a test skips in one line, and in CI
// (CI=true) it fails.
package template

import (
	"bytes"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
)

// The templates, by their paths in the repository.
const (
	Hub          = "template.yaml"
	Member       = "deploy/member.yaml"
	Organization = "deploy/organization.yaml"
)

// All are the templates.
func All() []string { return []string{Hub, Member, Organization} }

// Root is the repository's top folder.
func Root() string {
	_, file, _, _ := runtime.Caller(0)
	return filepath.Join(filepath.Dir(file), "..", "..")
}

// read prints a template as JSON. What SAM would upload stands in a bucket.
const read = `
import json, sys
from samtranslator.translator.transform import transform
from samtranslator.yaml_helper import yaml_parse

class Policies:
    def load(self):
        return {}

with open(sys.argv[1]) as f:
    t = yaml_parse(f)
if "Transform" in t:
    for r in t["Resources"].values():
        if r["Type"] == "AWS::Serverless::Function":
            r["Properties"]["CodeUri"] = "s3://code/bootstrap.zip"
    t = transform(t, {}, Policies())
json.dump(t, sys.stdout, default=str)
`

var cache struct {
	mu   sync.Mutex
	text map[string][]byte
}

// Load gives a template as CloudFormation gets it: intrinsic functions as they
// are, what SAM adds added.
func Load(t testing.TB, name string) map[string]any {
	t.Helper()
	out := map[string]any{}
	dec := json.NewDecoder(bytes.NewReader(text(t, name)))
	dec.UseNumber()
	if err := dec.Decode(&out); err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return out
}

func text(t testing.TB, name string) []byte {
	t.Helper()
	cache.mu.Lock()
	defer cache.mu.Unlock()
	if out, ok := cache.text[name]; ok {
		return out
	}
	if exec.Command("python3", "-c", "import samtranslator").Run() != nil {
		Missing(t, "python3 has no samtranslator: pip install aws-sam-translator")
	}
	cmd := exec.Command("python3", "-c", read, filepath.Join(Root(), filepath.FromSlash(name)))
	cmd.Env = append(os.Environ(), "AWS_DEFAULT_REGION=eu-west-1")
	var faults bytes.Buffer
	cmd.Stderr = &faults
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("%s: %v\n%s", name, err, faults.String())
	}
	if cache.text == nil {
		cache.text = map[string][]byte{}
	}
	cache.text[name] = out
	return out
}

// Missing skips a test for want of a program, and fails it in CI.
func Missing(t testing.TB, line string) {
	t.Helper()
	if os.Getenv("CI") == "true" {
		t.Fatal(line)
	}
	t.Skip(line)
}

// Everything are parameters of the hub with which every optional part of it is
// there, save what needs that there is no organization role.
func Everything() []string {
	return []string{
		"Email=alice@example.com", "AlarmEmail=bob@example.com", "QuietDays=3",
		"SlackWebhookSecretArn=arn:aws:secretsmanager:eu-west-1:111122223333:secret:webhook-AbCdEf",
		"SlackTokenSecretArn=arn:aws:ssm:eu-west-1:111122223333:parameter/slack/token", "SlackChannel=C0123ABCD",
		"SecretsKeyArn=arn:aws:kms:eu-west-1:111122223333:key/11111111-2222-3333-4444-555555555555",
		"FindingsBusArn=arn:aws:events:eu-west-1:111122223333:event-bus/findings",
		"RoutesParameterArn=arn:aws:ssm:eu-west-1:111122223333:parameter/assumewhy/routes",
		"OrganizationId=o-a1b2c3d4e5", "OrganizationRoleArn=arn:aws:iam::999900001111:role/assumewhy-organization",
	}
}

// OfMember are parameters of the template for members, in an account and region
// that is none of the hub's.
func OfMember() []string {
	return []string{
		"AWS::AccountId=444455556666", "HomeRegion=eu-west-1", "OrganizationId=o-a1b2c3d4e5", "ExternalId=an-external-id",
		"AuditorRoleArn=arn:aws:iam::111122223333:role/assumewhy-auditor", "HubBusArn=arn:aws:events:eu-west-1:111122223333:event-bus/assumewhy",
	}
}

// roles are the roles of the templates.
var roles = map[string]struct {
	template, resource string
	parameters         func() []string
}{
	"auditor":      {Hub, "AuditorRole", Everything},
	"reader":       {Member, "ReaderRole", OfMember},
	"forward":      {Member, "ForwardRole", OfMember},
	"organization": {Organization, "OrganizationRole", OfMember},
}

// Actions gives the IAM actions that a role has ("auditor", "reader",
// "organization", "forward"), sorted, each once. Parameters (KEY=VALUE) are those
// of Everything or OfMember, and what is given here goes before them.
func Actions(t testing.TB, role string, parameters ...string) []string {
	t.Helper()
	var all []string
	for _, s := range Statements(t, role, parameters...) {
		all = append(all, Texts(s["Action"])...)
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// Statements gives the statements of a role's own policies.
func Statements(t testing.TB, role string, parameters ...string) []map[string]any {
	t.Helper()
	r, ok := roles[role]
	if !ok {
		t.Fatalf("the templates have no role %q", role)
	}
	made := Make(t, r.template, append(r.parameters(), parameters...)...).Resources[r.resource]
	var out []map[string]any
	for _, p := range list(made.Properties["Policies"]) {
		for _, s := range list(At(p, "PolicyDocument", "Statement")) {
			out = append(out, s.(map[string]any))
		}
	}
	if len(out) == 0 {
		t.Fatalf("role %s of %s has no statements", role, r.template)
	}
	return out
}

// Texts gives the texts of a value that is one or a list of them.
func Texts(v any) []string {
	if s, ok := v.(string); ok {
		return []string{s}
	}
	var out []string
	for _, e := range list(v) {
		if s, ok := e.(string); ok {
			out = append(out, s)
		}
	}
	return out
}

// At goes down a tree by the members' names; nil where there is none.
func At(v any, path ...string) any {
	for _, name := range path {
		m, ok := v.(map[string]any)
		if !ok {
			return nil
		}
		v = m[name]
	}
	return v
}

func list(v any) []any {
	out, _ := v.([]any)
	return out
}

func split(parameter string) (key, value string) {
	key, value, _ = strings.Cut(parameter, "=")
	return key, value
}
