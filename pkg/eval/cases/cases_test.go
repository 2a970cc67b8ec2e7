package cases_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"strings"
	"testing"

	"github.com/assumewhy/assumewhy/pkg/eval/cases"
	"github.com/assumewhy/assumewhy/pkg/request"
)

const trustAll = `"resource_policy":{"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":"*","Action":"sts:*"}}`

// line is a case with the given fields beside a role and an action.
func line(fields string) string {
	return `{"id":"x","resource":"arn:aws:iam::222222222222:role/r","resource_account":"222222222222",` +
		`"action":"sts:AssumeRole",` + trustAll + `,` + fields + `}`
}

func TestKindOfCaller(t *testing.T) {
	tests := []struct {
		fields string
		want   request.CallerKind
	}{
		{`"principal":"arn:aws:iam::222222222222:user/a/alice"`, request.User},
		{`"principal":"arn:aws:sts::222222222222:assumed-role/App/s"`, request.RoleSession},
		{`"principal":"arn:aws:iam::222222222222:role/p/App"`, request.RoleSession},
		{`"principal":"arn:aws:iam::222222222222:root"`, request.Root},
		{`"principal":"arn:aws:sts::222222222222:federated-user/f"`, request.FederatedUser},
		{`"principal":"ec2.amazonaws.com"`, request.Service},
		{`"principal":"cognito-identity.amazonaws.com"`, request.OIDC},
		{`"principal":"accounts.google.com"`, request.OIDC},
		{`"principal":"gitlab.example.com","principal_type":"oidc"`, request.OIDC},
		{`"principal":"arn:aws:iam::222222222222:oidc-provider/gitlab.com"`, request.OIDC},
		{`"principal":"arn:aws:iam::222222222222:saml-provider/ADFS"`, request.SAML},
		{`"principal":"anything","principal_type":"federated-user"`, request.FederatedUser},
	}
	for _, tt := range tests {
		c, err := cases.Parse([]byte(line(tt.fields)))
		if err != nil || c.Request.Caller.Kind != tt.want {
			t.Errorf("%s: %+v, %v", tt.fields, c, err)
		}
	}
}

func TestRoleOfSession(t *testing.T) {
	tests := []struct{ fields, want string }{
		{`"principal":"arn:aws:sts::222222222222:assumed-role/App/s","principal_role_arn":"arn:aws:iam::222222222222:role/p/App"`, "arn:aws:iam::222222222222:role/p/App"},
		{`"principal":"arn:aws:sts::222222222222:assumed-role/App/s","context":{"AWS:principalarn":["arn:aws:iam::222222222222:role/q/App"]}`, "arn:aws:iam::222222222222:role/q/App"},
		{`"principal":"arn:aws:sts::222222222222:assumed-role/App/s"`, ""},
		{`"principal":"arn:aws:iam::222222222222:role/p/App"`, "arn:aws:iam::222222222222:role/p/App"},
	}
	for _, tt := range tests {
		c, err := cases.Parse([]byte(line(tt.fields)))
		if err != nil || c.Request.Caller.RoleARN != tt.want || c.Request.Caller.RoleName != "App" || c.Request.Caller.Account != "222222222222" {
			t.Errorf("%s: %+v, %v", tt.fields, c, err)
		}
	}
}

func TestContext(t *testing.T) {
	c, err := cases.Parse([]byte(line(`"principal":"ec2.amazonaws.com","unheard_of":[{}],` +
		`"context":{"aws:username":"alice","aws:MultiFactorAuthAge":60,"aws:SecureTransport":[true],"aws:TagKeys":["a"],"aws:referer":null},` +
		`"context_multi":["aws:tagkeys"],"context_unknown":["sts:ExternalId","aws:RequestTag/*"],"context_present":["sts:RoleSessionName"]`)))
	if err != nil {
		t.Fatal(err)
	}
	for lower, want := range map[string]string{
		"aws:username": "present alice", "aws:multifactorauthage": "present 60", "aws:securetransport": "present true",
		"aws:tagkeys": "present a multi", "aws:referer": "absent", "sts:externalid": "unknown",
		"aws:requesttag/team": "unknown", "sts:rolesessionname": "present_unknown", "aws:sourceip": "absent",
	} {
		k := c.Request.Keys.Get(lower)
		got := strings.TrimSpace(k.State.String() + " " + strings.Join(k.Values, ","))
		if k.Multi {
			got += " multi"
		}
		if got != want {
			t.Errorf("%s is %q, want %q", lower, got, want)
		}
	}
}

// Lines that cannot be read are answered, and the others go on.
func TestBadLines(t *testing.T) {
	good := line(`"principal":"ec2.amazonaws.com"`)
	bad := []string{
		`{`, `null`, `[]`, `"text"`, `{"id":"x"}`, `{"id":7}`, `nonsense`, "\x00\xff",
		line(`"principal":""`), line(`"principal":"nobody at all"`), line(`"principal":"arn:aws:iam::1:group/g"`),
		line(`"principal":"x.y","principal_type":"alien"`), line(`"principal":"x.y","unknown_layers":["trust","cloud"]`),
		line(`"principal":"x.y","context":{"a":{}}`), line(`"principal":"x.y","context":{"a":[[1]]}`),
		line(`"principal":"x.y","scps":[1]`), line(`"principal":"x.y","action":""`), line(`"principal":"x.y","resource":""`),
		line(`"principal":"x.y","actions":[""]`), good + "{}",
	}
	var in bytes.Buffer
	for _, b := range bad {
		in.WriteString(b + "\n\n  \r\n")
	}
	in.WriteString(good) // without newline
	var out bytes.Buffer
	n, err := cases.Decisions(&out, &in)
	if err != nil || n.Lines != len(bad)+1 || n.Failed != len(bad) {
		t.Fatalf("%+v, %v\n%s", n, err, out.String())
	}
	lines := readLines[got](t, out.Bytes())
	for i := range bad {
		if lines[i].Error == "" || lines[i].Decision != "" {
			t.Errorf("%q: %+v", bad[i], lines[i])
		}
	}
	if last := lines[len(bad)]; last.Error != "" || last.Decision != "Allowed" || last.ID != "x" {
		t.Errorf("the good line: %+v", last)
	}
	if lines[8].ID != "x" {
		t.Errorf("the id of a bad line is lost: %+v", lines[8])
	}
}

func TestBadConditions(t *testing.T) {
	in := strings.NewReader(`{"id":"a","cond":[]}` + "\n" + `{"id":"b"}` + "\n" + `{"id":"c","cond":{"Null":{"k":"true"}}}` + "\n" +
		`{"id":"d","cond":{"StringEquals":{"k":{}}}}` + "\n" + `{"id":"e","cond":{"StringEquals":{"k":"${v}"}},"ctx":{"k":"${v}"},"version":""}` + "\n" +
		`{"id":"f","cond":{"StringEquals":{"k":"x"}},"present":["k"]}`)
	var out bytes.Buffer
	n, err := cases.Conditions(&out, in)
	if err != nil || n.Lines != 6 || n.Failed != 2 || n.First != 1 {
		t.Fatalf("%+v, %v", n, err)
	}
	want := []string{"", "", "match", "unknown", "match", "unknown"}
	for i, g := range readLines[got](t, out.Bytes()) {
		if g.Result != want[i] || (g.Error == "") != (want[i] != "") {
			t.Errorf("%+v, want %q", g, want[i])
		}
	}
}

func TestLongLine(t *testing.T) {
	in := io.MultiReader(
		strings.NewReader(`{"id":"`), strings.NewReader(strings.Repeat("x", cases.MaxLine)), strings.NewReader("\"}\n"),
		strings.NewReader(line(`"principal":"ec2.amazonaws.com"`)),
	)
	var out bytes.Buffer
	n, err := cases.Decisions(&out, in)
	if err != nil || n.Lines != 2 || n.Failed != 1 || n.First != 1 || !strings.Contains(n.Fault.Error(), "longer than 1048576 bytes") || !strings.Contains(out.String(), "Allowed") {
		t.Errorf("%+v, %v", n, err)
	}
}

type failing struct{}

func (failing) Read([]byte) (int, error)  { return 0, errors.New("broken pipe") }
func (failing) Write([]byte) (int, error) { return 0, errors.New("disk full") }

func TestBrokenMachinery(t *testing.T) {
	if _, err := cases.Decisions(io.Discard, failing{}); err == nil || !strings.Contains(err.Error(), "reading cases") {
		t.Errorf("reading: %v", err)
	}
	if _, err := cases.Decisions(failing{}, strings.NewReader("{}")); err == nil || !strings.Contains(err.Error(), "writing answers") {
		t.Errorf("writing: %v", err)
	}
}

func FuzzLine(f *testing.F) {
	f.Add([]byte(line(`"principal":"arn:aws:sts::222222222222:assumed-role/App/s","unknown_layers":["scp"],"context":{"a":["b"]}`)))
	f.Add([]byte(`{"id":"c","cond":{"StringLike":{"k":"a*"}},"ctx":{"k":["a"]},"unknown":["z"]}`))
	f.Add([]byte("{}\n{"))
	f.Fuzz(func(t *testing.T, raw []byte) {
		for _, run := range []func(io.Writer, io.Reader) (cases.Count, error){cases.Decisions, cases.Conditions} {
			var out bytes.Buffer
			n, err := run(&out, bytes.NewReader(raw))
			if err != nil {
				t.Fatal(err)
			}
			lines := bytes.Split(bytes.TrimSuffix(out.Bytes(), []byte("\n")), []byte("\n"))
			if n.Lines == 0 {
				continue
			}
			if len(lines) != n.Lines {
				t.Fatalf("%d answers to %d lines", len(lines), n.Lines)
			}
			failed := 0
			for _, l := range lines {
				var g got
				if err := json.Unmarshal(l, &g); err != nil {
					t.Fatalf("answer %q: %v", l, err)
				}
				if (g.Error == "") != (g.Decision != "" || g.Result != "") {
					t.Fatalf("an answer and an error, or neither: %s", l)
				}
				if g.Error != "" {
					failed++
				}
			}
			if failed != n.Failed {
				t.Fatalf("%d errors, %+v", failed, n)
			}
		}
	})
}
