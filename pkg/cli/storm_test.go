package cli

import (
	"bufio"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// envelopeForm is an event as EventBridge delivers it: number, account,
// minute, and the members of its record that make it what it is.
const envelopeForm = `{"version":"0","id":"00000000-0000-4000-8000-%012[1]d","detail-type":"AWS API Call via CloudTrail","source":"aws.sts",` +
	`"account":"%[2]s","time":"2026-10-14T09:%02[3]d:33Z","region":"eu-west-1","resources":[],"detail":{"eventVersion":"1.11",%[4]s,` +
	`"eventTime":"2026-10-14T09:%02[3]d:33Z","eventSource":"sts.amazonaws.com","awsRegion":"eu-west-1","sourceIPAddress":"203.0.113.%[5]d",` +
	`"userAgent":"aws-cli/2.32.9 md/awscrt#0.28.4 ua/2.1 os/linux#6.8.0 md/arch#x86_64 lang/python#3.13.9 cfg/retry-mode#standard md/command#sts.assume-role",` +
	`"errorCode":"AccessDenied","responseElements":null,"requestID":"10000000-0000-4000-8000-%012[1]d","eventID":"20000000-0000-4000-8000-%012[1]d",` +
	`"readOnly":true,"eventType":"AwsApiCall","managementEvent":true,"recipientAccountId":"%[2]s","eventCategory":"Management",` +
	`"tlsDetails":{"tlsVersion":"TLSv1.3","cipherSuite":"TLS_AES_128_GCM_SHA256","clientProvidedHostHeader":"sts.eu-west-1.amazonaws.com"}}}`

// deniedForm is a call of AssumeRole: userIdentity, caller, role.
const deniedForm = `"userIdentity":%s,"eventName":"AssumeRole","requestParameters":null,` +
	`"errorMessage":"User: %s is not authorized to perform: sts:AssumeRole on resource: %s"`

// userIdentity of a user (account, name, id) and of a session of Identity
// Center (account, name).
const (
	userIdentity = `{"type":"IAMUser","principalId":"%[3]s","arn":"arn:aws:iam::%[1]s:user/%[2]s","accountId":"%[1]s",` +
		`"accessKeyId":"AKIA2VBG33WI4EXAMPLE","userName":"%[2]s"}`
	sessionIdentity = `{"type":"AssumedRole","principalId":"AROAEXAMPLE%010[2]d:erin","arn":"arn:aws:sts::%[1]s:assumed-role/role-%04[2]d/erin",` +
		`"accountId":"%[1]s","accessKeyId":"ASIA2VBG33WI4EXAMPLE","sessionContext":{"sessionIssuer":{"type":"Role","principalId":"AROAEXAMPLE%010[2]d",` +
		`"arn":"arn:aws:iam::%[1]s:role/role-%04[2]d","accountId":"%[1]s","userName":"role-%04[2]d"},` +
		`"attributes":{"creationDate":"2026-10-14T08:40:11Z","mfaAuthenticated":"false"}}}`
)

// workflowForm is a call from a workflow of GitHub's: account, branch, role.
const workflowForm = `"userIdentity":{"type":"WebIdentityUser","principalId":"arn:aws:iam::%[1]s:oidc-provider/token.actions.githubusercontent.com:` +
	`sts.amazonaws.com:repo:octo-org/octo-repo:ref:refs/heads/%[2]s","userName":"repo:octo-org/octo-repo:ref:refs/heads/%[2]s",` +
	`"identityProvider":"arn:aws:iam::%[1]s:oidc-provider/token.actions.githubusercontent.com"},"eventName":"AssumeRoleWithWebIdentity",` +
	`"errorMessage":"An unknown error occurred","requestParameters":{"roleArn":"%[3]s","roleSessionName":"GitHubActions"}`

// storm writes n events, one a line, against largeEstate of the same accounts
// and roles: of a hundred, ten name a role that does not exist, twenty come
// from a workflow and five are broken. It says how many the last are.
func storm(t testing.TB, n, accounts, roles int) (file string, broken int) {
	t.Helper()
	file = filepath.Join(t.TempDir(), "events.jsonl")
	f, err := os.Create(file)
	if err != nil {
		t.Fatal(err)
	}
	w := bufio.NewWriter(f)
	for i := range n {
		line := stormEvent(i, accountIDs(accounts), roles/accounts)
		if i%20 == 7 {
			line, broken = breakRecord(line, i/20), broken+1
		}
		fmt.Fprintln(w, line)
	}
	if err := errors.Join(w.Flush(), f.Close()); err != nil {
		t.Fatal(err)
	}
	return file, broken
}

// stormEvent is the i-th event in accounts of so many roles each.
func stormEvent(i int, ids []string, each int) string {
	from, to, at := ids[i%len(ids)], ids[(i/3)%len(ids)], (i*37)%each
	account := from
	var members string
	role := "arn:aws:iam::" + to + ":role/"
	switch i % 5 {
	case 1: // of a role that trusts workflows, or of its neighbor
		at = min(at-at%len(trustForms)+len(trustForms)-1, each-1)
		account, members = to, fmt.Sprintf(workflowForm, to, fmt.Sprintf("hotfix-%d", i%50), role+roleName(at, each))
	case 4:
		own := (i * 11) % (each / 2)
		session := fmt.Sprintf("arn:aws:sts::%s:assumed-role/role-%04d/erin", from, own)
		members = fmt.Sprintf(deniedForm, fmt.Sprintf(sessionIdentity, from, own), session, role+roleName(at, each))
	default:
		name := roleName(at, each)
		if i%10 == 3 {
			name = fmt.Sprintf("roel-%04d", at)
		}
		p := people[i%len(people)]
		user := "arn:aws:iam::" + from + ":user/" + p.name
		members = fmt.Sprintf(deniedForm, fmt.Sprintf(userIdentity, from, p.name, p.id), user, role+name)
	}
	return fmt.Sprintf(envelopeForm, i, account, i%60, members, i%256)
}

// breakRecord breaks an event in one of the ways that happen: cut off, a
// member without value, a record that is a list, a byte that is no text.
func breakRecord(line string, how int) string {
	switch how % 4 {
	case 0:
		return line[:len(line)*2/3]
	case 1:
		return strings.Replace(line, `"readOnly":true`, `"readOnly":`, 1)
	case 2:
		head, _, _ := strings.Cut(line, `"detail":`)
		return head + `"detail":[]}`
	default:
		return strings.Replace(line, `"eventVersion"`, "\x00\"eventVersion\"", 1)
	}
}

// TestStorm: each event that can be read is explained, each broken one is told,
// whatever stands beside it.
func TestStorm(t *testing.T) {
	const n = 400
	estate := largeEstate(t, 4, 80)
	file, broken := storm(t, n, 4, 80)
	status, stdout, stderr := run(t, nil, "explain", file, "--estate", estate, "--format", "json")
	if want := fmt.Sprintf("%d events: %d explained, %d not readable\n", n, n-broken, broken); status != failed || broken != n/20 || !strings.HasSuffix(stderr, want) {
		t.Errorf("status %d, %d broken, want %s%s", status, broken, want, stderr)
	}
	if lines := strings.Count(stdout, "\n"); lines != n-broken {
		t.Errorf("%d reports, want %d", lines, n-broken)
	}
	for code, want := range map[string]int{"role.not_found": n / 10, "trust.oidc_subject": n / 5} {
		primary := fmt.Sprintf(`"causes":[{"code":%q`, code)
		if got := strings.Count(stdout, primary); got != want {
			t.Errorf("%d times %s, want %d", got, code, want)
		}
	}
}
