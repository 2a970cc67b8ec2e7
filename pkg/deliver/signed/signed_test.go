package signed

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/credentials"
	"github.com/aws/smithy-go"
)

const secret = "canary-secret-7719"

// client is one whose requests a function answers.
func client(t *testing.T, answer http.HandlerFunc) *Client {
	t.Helper()
	s := httptest.NewServer(answer)
	t.Cleanup(s.Close)
	return &Client{
		Region: "eu-west-1", Domain: "amazonaws.com", Endpoint: s.URL, HTTP: s.Client(), Agent: "assumewhy/test",
		Credentials: credentials.NewStaticCredentialsProvider("AKIDEXAMPLE", secret, "session"),
		Now:         func() time.Time { return time.Unix(1_791_979_200, 0) },
	}
}

// TestCall: what is sent is signed for the service and its region, and what is
// answered is read.
func TestCall(t *testing.T) {
	for target, want := range map[string]string{
		"AmazonSQS.SendMessage":         "/eu-west-1/sqs/aws4_request application/x-amz-json-1.0",
		"AmazonSSM.GetParameter":        "/eu-west-1/ssm/aws4_request application/x-amz-json-1.1",
		"AWSEvents.PutEvents":           "/eu-west-1/events/aws4_request application/x-amz-json-1.1",
		"secretsmanager.GetSecretValue": "/eu-west-1/secretsmanager/aws4_request application/x-amz-json-1.1",
	} {
		c := client(t, func(w http.ResponseWriter, r *http.Request) {
			body, _ := io.ReadAll(r.Body)
			scope, _, _ := strings.Cut(r.Header.Get("Authorization"), ",")
			_, scope, _ = strings.Cut(scope, "20261014")
			if got := scope + " " + r.Header.Get("Content-Type"); got != want || r.Header.Get("X-Amz-Target") != target ||
				string(body) != `{"A":"b"}` || r.Header.Get("X-Amz-Security-Token") != "session" || r.Header.Get("User-Agent") != "assumewhy/test" {
				t.Errorf("%s: %s, %s, %v", target, got, body, r.Header)
			}
			fmt.Fprint(w, `{"C":"d"}`)
		})
		var out struct{ C string }
		if err := c.Call(t.Context(), target, map[string]string{"A": "b"}, &out); err != nil || out.C != "d" {
			t.Errorf("%s: %v, %v", target, out, err)
		}
	}
	if err := new(Client).Call(t.Context(), "Other.Call", nil, nil); err == nil {
		t.Error("a service that is not known is called")
	}
}

func TestQuery(t *testing.T) {
	c := client(t, func(_ http.ResponseWriter, r *http.Request) {
		if r.FormValue("Message") != "a&b=c" || !strings.Contains(r.Header.Get("Authorization"), "/eu-west-1/sns/aws4_request") {
			t.Errorf("%v %v", r.Form, r.Header)
		}
	})
	if err := c.Query(t.Context(), "sns", url.Values{"Message": {"a&b=c"}}); err != nil {
		t.Error(err)
	}
}

// TestRefused: what may pass is tried again; the code of what does not is there,
// whatever form it has; nothing of what was sent or answered is in the error.
func TestRefused(t *testing.T) {
	for name, test := range map[string]struct {
		status int
		body   string
		code   string
		calls  int
	}{
		"JSON":           {400, `{"__type":"com.amazonaws.sqs#QueueDoesNotExist","message":"` + secret + `"}`, "QueueDoesNotExist", 1},
		"bare code":      {400, `{"__type":"AccessDeniedException","Message":"` + secret + `"}`, "AccessDeniedException", 1},
		"throttled":      {400, `{"__type":"ThrottlingException"}`, "ThrottlingException", 2},
		"down":           {503, `<html>` + secret, "", 2},
		"no JSON at all": {403, secret, "", 1},
	} {
		calls := 0
		c := client(t, func(w http.ResponseWriter, _ *http.Request) {
			calls++
			w.WriteHeader(test.status)
			fmt.Fprint(w, test.body)
		})
		c.Tries = 2
		err := c.Call(t.Context(), "AmazonSQS.SendMessage", map[string]string{"MessageBody": secret}, nil)
		var api smithy.APIError
		if !errors.As(err, &api) || api.ErrorCode() != test.code || calls != test.calls || strings.Contains(err.Error(), secret) {
			t.Errorf("%s: %v after %d calls", name, err, calls)
		}
	}
	c := client(t, func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(http.StatusNotFound)
		fmt.Fprint(w, `<ErrorResponse><Error><Type>Sender</Type><Code>NotFound</Code></Error></ErrorResponse>`)
	})
	var api smithy.APIError
	if err := c.Query(t.Context(), "sns", url.Values{}); !errors.As(err, &api) || api.ErrorCode() != "NotFound" {
		t.Error(err)
	}
	c = client(t, func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, `{"Secret":"`+secret) })
	if err := c.Call(t.Context(), "AmazonSSM.GetParameter", nil, &struct{}{}); err == nil || strings.Contains(err.Error(), secret) {
		t.Error(err)
	}
}

// TestTime: the time of who calls is kept, between two tries too.
func TestTime(t *testing.T) {
	stop := make(chan struct{})
	for name, answer := range map[string]http.HandlerFunc{
		"hangs": func(http.ResponseWriter, *http.Request) { <-stop },
		"down":  func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusInternalServerError) },
	} {
		c := client(t, answer)
		c.Tries = 1000
		ctx, cancel := context.WithTimeout(t.Context(), 100*time.Millisecond)
		begun := time.Now()
		err := c.Call(ctx, "AmazonSQS.SendMessage", nil, nil)
		cancel()
		if !errors.Is(err, context.DeadlineExceeded) || time.Since(begun) > 5*time.Second {
			t.Errorf("%s: %v after %s", name, err, time.Since(begun))
		}
		if name == "hangs" {
			close(stop)
		}
	}
	c := client(t, func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) })
	c.Tries = 1
	if err := c.Call(t.Context(), "AmazonSQS.SendMessage", nil, nil); err == nil || errors.As(err, new(smithy.APIError)) {
		t.Error(err)
	}
}
