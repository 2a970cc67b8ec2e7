package cli

import (
	"encoding/json"
	"fmt"
	"net/url"
	"regexp"
	"strings"
	"testing"
)

// The ExternalId that no output may hold, and the two ends of it: whatever is
// done to the value between them (quotes and letters beyond ASCII are written in
// many ways), one of the ends would show.
const (
	secretHead  = "xq7can"
	secretTail  = "z9tail"
	secretValue = secretHead + `ary/é"=` + secretTail
)

// leaks says whether a text holds a part of the secret, in whatever case.
func leaks(text string) bool {
	text = strings.ToLower(text)
	return strings.Contains(text, secretHead) || strings.Contains(text, secretTail)
}

// inJSON is a string as JSON, without the quotes.
func inJSON(s string) string {
	b, err := json.Marshal(s)
	if err != nil {
		panic(err)
	}
	return string(b[1 : len(b)-1])
}

// secretConditions are the ways in which a policy may name the secret; %s is its
// JSON form. What AWS does not understand is the owner's secret all the same.
var secretConditions = []string{
	`"StringEquals":{"sts:ExternalId":"%s"}`,
	`"StringEquals":{"sts:ExternalId":["other","%s"]}`,
	`"StringLike":{"sts:ExternalId":"%s*"}`,
	`"StringEqualsIfExists":{"STS:externalid":["%s"]}`,
	`"ForAnyValue:StringEquals":{"sts:ExternalId":["%s","%s-2"]}`,
	`"ForAllValues:StringLike":{"sts:ExternalId":["*%s"]}`,
	`"StringNotEquals":{"sts:ExternalId":"%s"}`,
	`"StringNotLike":{"sts:ExternalId":["?%s"]}`,
	`"StringEqualsIgnoreCase":{"sts:ExternalId":"%s"}`,
	`"StringEquals":{"sts:ExternalId":"${aws:PrincipalTag/team}%s"}`,
	`"StringEquals":{"sts:ExternalId":"${aws:PrincipalTag/team, '%s'}"}`,
	`"ArnLike":{"sts:ExternalId":"%s"}`,
	`"NumericEquals":{"sts:ExternalId":"%s"}`,
	`"StringIs":{"sts:ExternalId":"%s"}`,
	`"StringEquals":{"sts:ExternalId":{"a":["%s"]}}`,
	`"StringEquals":{"sts:ExternalID ":"%s"}`,
	`"StringEquals":{"sts:ExternalId":"%s"},"StringEquals":{"sts:ExternalId":"%s"}`,
	`"StringEquals":{"sts:ExternalId":"%s","sts:ExternalId":"x%s"}`,
	`"StringEquals":{"sts:ExternalId":"%s","aws:PrincipalTag/team":"%s"},"StringLike":{"sts:RoleSessionName":["%s*"]}`,
	`"StringEquals":{"sts:ExternalId":"%s","aws:PrincipalTag/%s":"x"}`,
	`"StringEquals":{"aws:PrincipalTag/team":"%s"},"StringNotEquals":{"sts:ExternalId":["%s"]}`,
	`"Null":{"sts:ExternalId":"%s"}`,
	`"Bool":{"sts:ExternalId":"%s"}`,
	`"StringEquals":{"ExternalId":"%s"}`,
	`"StringEquals":{"aws:ExternalId":["%s"]}`,
	`"StringEquals":["sts:ExternalId","%s"]`,
}

// secretShapes make a document of a statement's rest, with the secret in further
// places; the second %s is a condition.
var secretShapes = []string{
	`{"Version":"2012-10-17","Statement":[{"Effect":"Deny",%[1]s"Action":"sts:AssumeRole","Condition":{%[2]s}},{"Effect":"Allow",%[1]s"Action":"sts:*"}]}`,
	`{"Version":"2012-10-17","Statement":{"Effect":"Allow",%[1]s"Action":"sts:AssumeRole","Condition":{%[2]s}}}`,
	`{"Version":"2012-10-17","Id":"%[3]s","Statement":[{"Sid":"For %[3]s","Effect":"Allow",%[1]s"Action":["sts:AssumeRole"],"Condition":{%[2]s}}]}`,
	`{"Version":"2012-10-17","Statement":[{"Sid":"%[3]s","Comment":"%[3]s","Effect":"Deny",%[1]s"Action":"sts:AssumeRole","Condition":{%[2]s}}]}`,
	`{"Version":"2012-10-17","Statement":[{"Sid":"A","Effect":"Allow",%[1]s"NotAction":"sts:%[3]s","Condition":{%[2]s}}]}`,
}

// secretForms are the forms in which a file may hold a document.
var secretForms = []func(string) string{
	func(s string) string { return s },
	func(s string) string { return `"` + percent(s) + `"` },
	func(s string) string { return `"` + strings.ToLower(percent(s)[:3]) + percent(s)[3:] + `"` },
	func(s string) string { return `"` + inJSON(s) + `"` },
	func(s string) string { return strings.ReplaceAll(s, `"Condition"`, "\n   \"Condition\"") },
}

// percent is a text as IAM's API writes documents.
func percent(s string) string { return strings.ReplaceAll(url.QueryEscape(s), "+", "%20") }

// inEvent are fields that a caller, or who forges an event, may write into.
var inEvent = regexp.MustCompile(`"(sourceIPAddress|awsRegion|eventID)":"[^"]*"`)

// secretEvents are what the call may say of the secret: nothing, the value, one
// that is near it, and the value in other fields.
var secretEvents = []func(string) string{
	func(e string) string { return e },
	func(e string) string {
		return strings.Replace(e, `"roleSessionName":"s"`, `"roleSessionName":"s","externalId":"`+inJSON(secretValue)+`"`, 1)
	},
	func(e string) string {
		return strings.Replace(e, `"roleSessionName":"s"`, `"roleSessionName":"s","externalId":"`+inJSON(strings.ToUpper(secretValue))+`"`, 1)
	},
	func(e string) string {
		return strings.Replace(e, `"roleSessionName":"s"`, `"roleSessionName":"s","externalId":"`+inJSON(secretValue)+` "`, 1)
	},
	func(e string) string {
		return strings.Replace(e, `aws-cli/2.32.0`, `aws-cli `+inJSON(secretValue), 1)
	},
	func(e string) string {
		return strings.Replace(e, `:role/Deployer","requestParameters"`, `:role/Deployer with `+inJSON(secretValue)+`","requestParameters"`, 1)
	},
	func(e string) string {
		return strings.Replace(e, `"roleSessionName":"s"`, `"roleSessionName":"`+inJSON(secretValue)+`","tags":[{"key":"id","value":"`+inJSON(secretValue)+`"}],"sourceIdentity":"`+inJSON(secretValue)+`"`, 1)
	},
	func(e string) string {
		return inEvent.ReplaceAllString(e, `"$1":"x `+strings.ReplaceAll(inJSON(secretValue), "$", "$$")+`"`)
	},
	func(e string) string {
		return strings.Replace(e, `"roleSessionName":"s"`, `"roleSessionName":"s","externalId":{"a":["`+inJSON(secretValue)+`"]},"externalId":7`, 1)
	},
}

// secretFlags are what the operator may say of it.
var secretFlags = [][]string{
	nil,
	{"--know", "sts:ExternalId=" + secretValue},
	{"--know", "sts:externalid=" + strings.ToUpper(secretValue)},
	{"--know", "sts:ExternalId=", "--know", "aws:PrincipalTag/team=blue"},
}

// A policy of any layer, in any form, with the secret under any operator: no
// output in any format holds a part of it. The four ways to turn it go round at
// different speeds, so that each meets each in some world.
func TestExternalIDsNowhere(t *testing.T) {
	world := 0
	dir := t.TempDir()
	for _, layer := range smallLayers {
		for c, condition := range secretConditions {
			world++
			if world%thinned(1, 5) != 0 {
				continue
			}
			rest := `"Principal":{"AWS":"*"},`
			switch layer {
			case "rcp", "vpce":
				rest += `"Resource":"*",`
			case "trust":
			default:
				rest = `"Resource":"*",`
			}
			value := inJSON(secretValue)
			condition = strings.ReplaceAll(condition, "%s", value)
			doc := fmt.Sprintf(secretShapes[(world+c)%len(secretShapes)], rest, condition, value)
			if layer == "trust" {
				doc = strings.ReplaceAll(doc, `"Resource":"*",`, "")
			}
			doc = strings.ReplaceAll(doc, "%!(EXTRA string="+value+")", "")
			files := smallFilesWith(layer, secretForms[world/2%len(secretForms)](doc))
			write(t, dir, files)
			event := secretEvents[world/3%len(secretEvents)](deniedEvent)
			view := views[world%3]
			if world%7 == 0 {
				view = views[3+world%3]
			}
			args := append([]string{"explain", "--estate", dir}, view...)
			args = append(args, secretFlags[world/5%len(secretFlags)]...)
			_, stdout, stderr := run(t, func(s *Surroundings) { s.Stdin = strings.NewReader(event); s.Columns = 80 + world%2*40 }, args...)
			if leaks(stdout + stderr) {
				t.Errorf("%s: %s\nevent %s\n%q\n%s", layer, doc, event, args[3:], lines(stdout+stderr, leaks))
			}
			if len(stdout) < 100 {
				t.Errorf("%s: %s: no answer: %s", layer, doc, stderr)
			}
		}
	}
}

// lines are those of a text that a function finds.
func lines(text string, found func(string) bool) string {
	var b strings.Builder
	for line := range strings.Lines(text) {
		if found(line) {
			b.WriteString("> " + line[:min(len(line), 1500)] + "\n")
		}
	}
	return b.String()
}
