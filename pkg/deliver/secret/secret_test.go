package secret

import (
	"errors"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/credentials"
	"github.com/aws/aws-sdk-go-v2/service/secretsmanager"
	"github.com/aws/aws-sdk-go-v2/service/ssm"
	ssmtypes "github.com/aws/aws-sdk-go-v2/service/ssm/types"

	"github.com/assumewhy/assumewhy/internal/awsproxy"
	"github.com/assumewhy/assumewhy/pkg/deliver"
	"github.com/assumewhy/assumewhy/pkg/deliver/signed"
)

func TestARN(t *testing.T) {
	for _, arn := range []string{
		"", "webhook", "arn:aws:s3:::bucket", "arn:aws:secretsmanager:eu-west-1:111122223333:secret",
		"arn:aws:ssm:eu-west-1:111122223333:document/x", "arn:aws:secretsmanager:eu-west-1:111122223333:secret:x:key:stage:version",
	} {
		if _, err := New(arn, nil, time.Now); err == nil {
			t.Errorf("%q is an ARN of a secret", arn)
		}
	}
}

// TestSecret: a secret is read once for a while, and anew when it is forgotten.
func TestSecret(t *testing.T) {
	moto := awsproxy.Start(t)
	keys := credentials.NewStaticCredentialsProvider("x", "x", "")
	manager := secretsmanager.New(secretsmanager.Options{Region: "eu-west-1", BaseEndpoint: &moto.URL, Credentials: keys})
	parameters := ssm.New(ssm.Options{Region: "eu-west-1", BaseEndpoint: &moto.URL, Credentials: keys})
	ctx := t.Context()
	create := func(name, value string) string {
		out, err := manager.CreateSecret(ctx, &secretsmanager.CreateSecretInput{Name: &name, SecretString: &value})
		if err != nil {
			t.Fatal(err)
		}
		return *out.ARN
	}
	plain := create("plain", "https://hooks.example.com/one\n")
	object := create("object", `{"token":"xoxb-hidden","n":1}`)
	for _, name := range []string{"/assumewhy/token", "bare"} {
		_, err := parameters.PutParameter(ctx, &ssm.PutParameterInput{Name: &name, Value: aws.String("in " + name), Type: ssmtypes.ParameterTypeSecureString})
		if err != nil {
			t.Fatal(err)
		}
	}
	api := &signed.Client{Region: "eu-west-1", Endpoint: moto.URL, Credentials: keys, HTTP: http.DefaultClient, Now: time.Now}
	var now time.Time
	clock := func() time.Time { return now }
	for _, test := range []struct{ arn, want, fails string }{
		{plain, "https://hooks.example.com/one", ""},
		{object, `{"token":"xoxb-hidden","n":1}`, ""},
		{object + ":token", "xoxb-hidden", ""},
		{object + ":n", "", `no text member "n"`},
		{object + ":none", "", `no text member "none"`},
		{plain + ":token", "", "no JSON object"},
		{"arn:aws:ssm:eu-west-1:123456789012:parameter/assumewhy/token", "in /assumewhy/token", ""},
		{create("empty", " "), "", "is empty"},
		{"arn:aws:secretsmanager:eu-west-1:123456789012:secret:none-abcdef", "", "cannot be read (ResourceNotFoundException)"},
		{"arn:aws:ssm:eu-west-1:123456789012:parameter/none", "", "cannot be read (ParameterNotFound)"},
	} {
		s, err := New(test.arn, api, clock)
		if err != nil {
			t.Fatal(err)
		}
		got, err := s.Value(ctx)
		if got != test.want || (err == nil) != (test.fails == "") || err != nil && !strings.Contains(err.Error(), test.fails) {
			t.Errorf("%s: %q, %v; want %q, %q", test.arn, got, err, test.want, test.fails)
		}
		var f *deliver.Failure
		if err != nil && (!errors.As(err, &f) || f.Temporary || strings.Contains(err.Error(), "hidden") || strings.Contains(err.Error(), "hooks")) {
			t.Errorf("%v", err)
		}
	}
	kept(t, moto, api, plain, &now)
}

func kept(t *testing.T, moto *awsproxy.Server, api API, arn string, now *time.Time) {
	t.Helper()
	s, err := New(arn, api, func() time.Time { return *now })
	if err != nil {
		t.Fatal(err)
	}
	moto.Forget()
	ask := func() {
		if _, err := s.Value(t.Context()); err != nil {
			t.Error(err)
		}
	}
	var all sync.WaitGroup
	for range 8 {
		all.Go(ask)
	}
	all.Wait()
	for n, step := range []func(){func() {}, func() { *now = now.Add(keptFor) }, s.Forget} {
		step()
		ask()
		if got := len(moto.Calls()); got != n+1 {
			t.Errorf("step %d: read %d times", n, got)
		}
	}
}
