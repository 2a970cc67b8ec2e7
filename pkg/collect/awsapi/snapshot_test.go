package awsapi_test

import (
	"context"
	"errors"
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	orgtypes "github.com/aws/aws-sdk-go-v2/service/organizations/types"
	"github.com/google/go-cmp/cmp"

	"github.com/assumewhy/assumewhy/internal/awsproxy"
	"github.com/assumewhy/assumewhy/internal/awsworld"
	"github.com/assumewhy/assumewhy/pkg/audit"
	"github.com/assumewhy/assumewhy/pkg/collect/awsapi"
	"github.com/assumewhy/assumewhy/pkg/estate"
	"github.com/assumewhy/assumewhy/pkg/report"
)

// snapshot reads all, and gives the files.
func (w *world) snapshot(ctx context.Context, r *awsapi.Reader, accounts ...string) (map[string]string, error) {
	all := map[string]string{}
	last := ""
	err := r.Snapshot(ctx, awsapi.Snapshot{
		Accounts: accounts,
		Put:      func(name string, data []byte) error { all[name], last = string(data), name; return nil },
		Progress: func(line string) {
			if strings.Contains(line, "\n") || line == "" {
				w.t.Errorf("progress %q", line)
			}
		},
	})
	if err == nil && last != "estate.json" {
		w.t.Errorf("the last file is %s", last)
	}
	return all, err
}

// opened is the estate that the files make.
func opened(files map[string]string) *estate.Estate {
	file := func(name string) estate.File {
		text, ok := files[name]
		return estate.File{Name: name, Found: ok, Data: []byte(text)}
	}
	p := estate.Parts{Manifest: file("estate.json"), Organization: file("organization.json")}
	for name := range files {
		if id, ok := strings.CutPrefix(name, "accounts/"); ok && strings.HasSuffix(id, "/authorization-details.json") {
			id, _, _ = strings.Cut(id, "/")
			p.Accounts = append(p.Accounts, estate.Folder{ID: id, Read: func(part estate.Part) estate.File { return file("accounts/" + id + "/" + estate.FileName(part)) }})
		}
	}
	return estate.New(p)
}

const regionsPage = `<DescribeRegionsResponse><regionInfo><item><regionName>eu-west-1</regionName></item><item><regionName>us-east-1</regionName></item></regionInfo></DescribeRegionsResponse>`

// regions answers for EC2: two regions, each with an endpoint in prod.
func (w *world) regions(c awsproxy.Call) *awsproxy.Answer {
	switch {
	case c.Action == "ec2:DescribeRegions":
		return &awsproxy.Answer{Status: 200, Body: regionsPage}
	case c.Action == "ec2:DescribeVpcEndpoints" && c.Account == w.Prod:
		next := ""
		id := "vpce-" + strings.Repeat(map[string]string{"eu-west-1": "a", "us-east-1": "b"}[c.Region], 17)
		if c.Form.Get("NextToken") == "" && c.Region == "us-east-1" {
			next, id = "<nextToken>more</nextToken>", "vpce-0000000000000000"
		}
		return &awsproxy.Answer{Status: 200, Body: `<R><vpcEndpointSet><item><vpcEndpointId>` + id + `</vpcEndpointId><vpcId>vpc-1</vpcId></item></vpcEndpointSet>` + next + `</R>`}
	case c.Action == "ec2:DescribeVpcEndpoints":
		return &awsproxy.Answer{Status: 200, Body: `<R><vpcEndpointSet/></R>`}
	}
	return nil
}

var policyDetail = regexp.MustCompile(`<Arn>(arn:aws:iam::[0-9]+:policy/([^<]+))</Arn>`)

// namePolicies adds what moto leaves out of GetAccountAuthorizationDetails.
func namePolicies(c awsproxy.Call, data []byte) []byte {
	if c.Action != "iam:GetAccountAuthorizationDetails" {
		return data
	}
	return policyDetail.ReplaceAll(data, []byte("<Arn>$1</Arn><PolicyName>$2</PolicyName>"))
}

// testSnapshot: a directory explains as AWS itself does.
func testSnapshot(t *testing.T, s *awsproxy.Server) {
	w := crossed(t, s)
	w.Control(orgtypes.PolicyTypeServiceControlPolicy, "no-switch", denyAssume, w.Unit)
	w.Answer(w.regions)
	w.Rewrite(namePolicies)
	r := w.reader(nil)
	files, err := w.snapshot(t.Context(), r)
	w.Must(err)
	want := []string{"estate.json", "organization.json"}
	for _, id := range []string{home, w.Dev, w.Prod} {
		for _, name := range []string{"authorization-details.json", "identity-providers.json", "vpc-endpoints.json"} {
			want = append(want, "accounts/"+id+"/"+name)
		}
	}
	slices.Sort(want)
	if diff := cmp.Diff(want, slices.Sorted(maps.Keys(files))); diff != "" {
		t.Fatalf("files: %s\n%s", diff, files["estate.json"])
	}
	if !strings.Contains(files["estate.json"], `"read_at": "2026-11-22T08:00:00Z"`) || !strings.Contains(files["estate.json"], `"gaps": []`) {
		t.Errorf("%s", files["estate.json"])
	}
	if n := strings.Count(files["accounts/"+w.Prod+"/vpc-endpoints.json"], `"VpcEndpointId"`); n != 3 {
		t.Errorf("%d endpoints of two regions, one of two pages", n)
	}
	e := opened(files)
	e.ReadAll()
	for _, f := range e.Findings() {
		t.Errorf("finding %s", f)
	}
	for _, name := range []string{"Open", "Deployer", "Nowhere"} {
		bob := denied(awsworld.UserARN(w.Dev, "bob"), awsworld.RoleARN(w.Prod, name))
		live, dir := w.explain(r, bob), audit.Explain(bob, e, audit.Options{Lang: "en"})
		if live.Estate.Source != "aws" {
			t.Errorf("source %q", live.Estate.Source)
		}
		live.Estate, dir.Estate = report.Estate{}, report.Estate{}
		w.Must(live.Speak("en"))                                            // as of files: what settles a gap is another thing in AWS
		live.Accounts, dir.Accounts, live.Next, dir.Next = nil, nil, "", "" // the directory knows more names
		if diff := cmp.Diff(live, dir); diff != "" {
			t.Errorf("%s: AWS (-) and the directory (+) differ: %s", name, diff)
		}
	}
}

// testSnapshotGaps: what could not be read is said in estate.json.
func testSnapshotGaps(t *testing.T, s *awsproxy.Server) {
	w := crossed(t, s)
	w.Answer(func(c awsproxy.Call) *awsproxy.Answer {
		switch {
		case c.Action == "sts:AssumeRole" && strings.Contains(c.Form.Get("RoleArn"), w.Prod),
			c.Account == w.Dev && c.Action == "iam:ListSAMLProviders",
			c.Action == "organizations:ListTargetsForPolicy":
			return awsproxy.Deny(c)
		}
		return w.regions(c)
	})
	files, err := w.snapshot(t.Context(), w.reader(nil), w.Dev, w.Prod)
	w.Must(err)
	if diff := cmp.Diff([]string{"accounts/" + w.Dev + "/authorization-details.json", "accounts/" + w.Dev + "/vpc-endpoints.json", "estate.json"}, slices.Sorted(maps.Keys(files))); diff != "" {
		t.Errorf("files: %s", diff)
	}
	e := opened(files)
	if g, missing := e.Account(w.Prod).Gap(); !missing || g.Permission != "sts:AssumeRole" || g.Why != "denied" {
		t.Errorf("account: %+v", g)
	}
	if g, missing := e.Organization().Gap(); !missing || g.Permission != "organizations:ListTargetsForPolicy" {
		t.Errorf("organization: %+v", g)
	}
	dev, _ := e.Account(w.Dev).Get()
	if g, missing := dev.Providers().Gap(); !missing || g.Permission != "iam:ListSAMLProviders" || g.Account != w.Dev {
		t.Errorf("providers: %+v", g)
	}
	if len(e.Findings()) > 0 {
		t.Errorf("%v", e.Findings())
	}
}

// testSnapshotInterrupted: no estate.json says that the rest is whole.
func testSnapshotInterrupted(t *testing.T, s *awsproxy.Server) {
	w := crossed(t, s)
	ctx, cancel := context.WithCancel(t.Context())
	w.Answer(func(c awsproxy.Call) *awsproxy.Answer {
		if c.Action == "iam:GetAccountAuthorizationDetails" {
			cancel()
		}
		return w.regions(c)
	})
	files, err := w.snapshot(ctx, w.reader(nil))
	if !errors.Is(err, context.Canceled) {
		t.Errorf("error %v", err)
	}
	if _, ok := files["estate.json"]; ok {
		t.Errorf("files %v", slices.Sorted(maps.Keys(files)))
	}
	full := errors.New("no space left")
	err = w.reader(nil).Snapshot(t.Context(), awsapi.Snapshot{
		Accounts: []string{home}, Progress: func(string) {},
		Put: func(name string, _ []byte) error {
			if strings.HasPrefix(name, "accounts/") {
				return full
			}
			if name == "estate.json" {
				t.Error("estate.json was written")
			}
			return nil
		},
	})
	if !errors.Is(err, full) {
		t.Errorf("error %v", err)
	}
}

// testSnapshotUnanswered: calls that are never answered are gaps, of every kind
// of client, and do not hold the others up.
func testSnapshotUnanswered(t *testing.T, s *awsproxy.Server) {
	w := crossed(t, s)
	silent := []string{"iam:GetAccountAuthorizationDetails", "iam:ListSAMLProviders", "ec2:DescribeRegions"}
	w.Answer(func(c awsproxy.Call) *awsproxy.Answer {
		if c.Account == w.Dev && slices.Contains(silent, c.Action) {
			return &awsproxy.Answer{Delay: time.Minute}
		}
		return w.regions(c)
	})
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Second)
	defer cancel()
	files, err := w.snapshot(ctx, w.reader(func(c *awsapi.Config) { c.CallTimeout = 5 * time.Second }), w.Dev, w.Prod)
	w.Must(err)
	for _, permission := range silent {
		if !regexp.MustCompile(`"permission": "` + permission + `",\s*"why": "timeout"`).MatchString(files["estate.json"]) {
			t.Errorf("no gap of %s: %s", permission, files["estate.json"])
		}
	}
	if files["accounts/"+w.Prod+"/authorization-details.json"] == "" {
		t.Error("the other account was not read")
	}
}

// testCredentials: what is wrong with them is told in a line that says what to do.
func testCredentials(t *testing.T, s *awsproxy.Server) {
	w := newWorld(t, s)
	unknown := func(c *awsapi.Config) { c.Account = "" }
	if id, err := w.reader(unknown).Account(t.Context()); id != home || err != nil {
		t.Errorf("%s %v", id, err)
	}
	for code, want := range map[string]string{
		"ExpiredToken":            "the credentials have expired: sign in again",
		"InvalidClientTokenId":    "AWS does not know the credentials (InvalidClientTokenId): check AWS_PROFILE",
		"RegionDisabledException": "the region eu-west-1 is not enabled",
		"AccessDenied":            "the credentials may not even ask who they are",
	} {
		w.Answer(func(awsproxy.Call) *awsproxy.Answer { return &awsproxy.Answer{Status: 403, Code: code} })
		if _, err := w.reader(unknown).Account(t.Context()); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v", code, err)
		}
	}
	w.Answer(nil)
	_, err := w.reader(func(c *awsapi.Config) { c.Account, c.AWS.Credentials = "", nil }).Account(t.Context())
	if err == nil || !strings.Contains(err.Error(), "credentials") || strings.Contains(err.Error(), "\n") {
		t.Errorf("none: %v", err)
	}
}
