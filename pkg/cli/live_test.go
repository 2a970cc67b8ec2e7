package cli

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/config"
	"github.com/aws/aws-sdk-go-v2/service/iam"

	"github.com/assumewhy/assumewhy/internal/awsproxy"
)

const liveEvent = `{"eventID":"e-1","eventTime":"2026-10-14T09:00:00Z","eventSource":"sts.amazonaws.com","eventName":"AssumeRole","errorCode":"AccessDenied",
 "awsRegion":"us-east-1","requestParameters":null,"userIdentity":{"type":"IAMUser","arn":"arn:aws:iam::123456789012:user/bob","accountId":"123456789012","userName":"bob"},
 "errorMessage":"User: arn:aws:iam::123456789012:user/bob is not authorized to perform: sts:AssumeRole on resource: arn:aws:iam::123456789012:role/Deployer"}`

// live points the AWS variables of this process at a proxy with a user and a
// role that does not trust it, and gives an event of theirs.
func live(t *testing.T) (*awsproxy.Server, string) {
	t.Helper()
	s := awsproxy.Start(t)
	none := filepath.Join(t.TempDir(), "none")
	for name, value := range map[string]string{
		"AWS_ENDPOINT_URL": s.URL, "AWS_REGION": "", "AWS_DEFAULT_REGION": "", "AWS_PROFILE": "", "AWS_CONFIG_FILE": none, "AWS_SHARED_CREDENTIALS_FILE": none,
		"AWS_ACCESS_KEY_ID": "AKIAIOSFODNN7EXAMPLE", "AWS_SECRET_ACCESS_KEY": "example", "AWS_SESSION_TOKEN": "", "AWS_EC2_METADATA_DISABLED": "true",
	} {
		t.Setenv(name, value)
	}
	c, err := config.LoadDefaultConfig(t.Context(), config.WithRegion("us-east-1"))
	if err != nil {
		t.Fatal(err)
	}
	in := iam.NewFromConfig(c)
	if _, err := in.CreateUser(t.Context(), &iam.CreateUserInput{UserName: aws.String("bob")}); err != nil {
		t.Fatal(err)
	}
	trust := `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::123456789012:user/carol"},"Action":"sts:AssumeRole"}]}`
	if _, err := in.CreateRole(t.Context(), &iam.CreateRoleInput{RoleName: aws.String("Deployer"), AssumeRolePolicyDocument: &trust}); err != nil {
		t.Fatal(err)
	}
	event := filepath.Join(t.TempDir(), "event.json")
	if err := os.WriteFile(event, []byte(liveEvent), 0o600); err != nil {
		t.Fatal(err)
	}
	return s, event
}

// TestLive: explain --live and a directory that collect has written say the
// same; what is wrong with the credentials is told in one line.
func TestLive(t *testing.T) {
	s, event := live(t)
	status, said, stderr := run(t, nil, "explain", event, "--live")
	if status != ok || stderr != "" || !strings.Contains(said, "CAUSE  trust.no_principal") {
		t.Fatalf("status %d\n%s\n%s", status, said, stderr)
	}
	if _, said, _ := run(t, nil, "explain", event, "--live", "--format", "json"); !strings.Contains(said, `"source":"aws"`) || strings.Contains(said, "--know") {
		t.Errorf("%s", said)
	}
	dir := filepath.Join(t.TempDir(), "estate")
	status, out, stderr := run(t, nil, "collect", "--out", dir)
	if status != ok || out != "" || !strings.Contains(stderr, "account 123456789012 (1 of 1): 1 users, 1 roles") {
		t.Fatalf("collect: status %d\n%s\n%s", status, out, stderr)
	}
	if _, again, stderr := run(t, nil, "explain", event, "--estate", dir); again != said || stderr != "" {
		t.Errorf("the directory says another thing:\n%s\n%s", again, stderr)
	}
	if err := os.WriteFile(filepath.Join(dir, "thesis.txt"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if status, _, stderr := run(t, nil, "collect", "--out", dir); status != failed || !strings.Contains(stderr, "thesis.txt, which is not of an estate") {
		t.Errorf("status %d %s", status, stderr)
	}
	s.Answer(func(awsproxy.Call) *awsproxy.Answer { return &awsproxy.Answer{Status: 403, Code: "ExpiredToken"} })
	for _, args := range [][]string{{"explain", event, "--live"}, {"collect", "--out", filepath.Join(t.TempDir(), "new")}} {
		status, out, stderr := run(t, nil, args...)
		if status != failed || out != "" || !strings.Contains(stderr, "the credentials have expired: sign in again") || strings.Count(stderr, "\n") != 1 {
			t.Errorf("%v: status %d, %q", args, status, stderr)
		}
	}
	t.Setenv("AWS_ACCESS_KEY_ID", "")
	t.Setenv("AWS_SECRET_ACCESS_KEY", "")
	if status, _, stderr := run(t, nil, "explain", event, "--live"); status != failed || !strings.Contains(stderr, "there are no credentials") || strings.Count(stderr, "\n") != 1 {
		t.Errorf("status %d, %q", status, stderr)
	}
	t.Setenv("AWS_PROFILE", "gone")
	if status, _, stderr := run(t, nil, "explain", event, "--live"); status != failed || !strings.Contains(stderr, "there is no profile") || strings.Count(stderr, "\n") != 1 {
		t.Errorf("status %d, %q", status, stderr)
	}
}
