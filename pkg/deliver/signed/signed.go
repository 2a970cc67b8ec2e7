// Package signed calls the services of AWS of which this program needs one call
// each: one signed request, one answer.
//
// The SDK's clients for them are a tenth of the deployed program, and a part of
// what it does at every start. Signature, credentials, HTTP and the judgement of
// what may be tried again are the SDK's; the two protocols are short (Smithy,
// "AWS JSON protocols" and "AWS Query protocol").
//
// What a service refuses is a smithy.APIError. No error repeats what was sent.
package signed

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/aws/retry"
	v4 "github.com/aws/aws-sdk-go-v2/aws/signer/v4"
	"github.com/aws/smithy-go"
	smithyhttp "github.com/aws/smithy-go/transport/http"
)

// Client makes calls with one set of credentials. It is safe for concurrent use.
type Client struct {
	Region      string
	Domain      string // of AWS's endpoints in the region: "amazonaws.com"
	Endpoint    string // instead of AWS's own; empty where there is none
	Credentials aws.CredentialsProvider
	HTTP        aws.HTTPClient
	Now         func() time.Time
	Agent       string // of the requests
	Tries       int    // at most; 0 is 3
}

// maxAnswer bounds what is read of an answer, in bytes: a secret has at most 64
// KB, and up to six of JSON stand for one.
const maxAnswer = 512 << 10

// services are those that speak JSON, by how the targets of their calls begin.
var services = map[string]struct{ name, version string }{
	"AmazonSQS":      {"sqs", "1.0"},
	"AmazonSSM":      {"ssm", "1.1"},
	"AWSEvents":      {"events", "1.1"},
	"secretsmanager": {"secretsmanager", "1.1"},
}

// Call calls a service that speaks JSON: target is service and action, such as
// "AmazonSSM.GetParameter", in the parameters and out what is wanted of the
// answer, or nil.
func (c *Client) Call(ctx context.Context, target string, in, out any) error {
	prefix, _, _ := strings.Cut(target, ".")
	s, ok := services[prefix]
	if !ok {
		return fmt.Errorf("call %s: the service is not known", target)
	}
	body, err := json.Marshal(in)
	if err != nil {
		return fmt.Errorf("call %s: %w", target, err)
	}
	headers := http.Header{"Content-Type": {"application/x-amz-json-" + s.version}, "X-Amz-Target": {target}}
	answer, err := c.send(ctx, s.name, headers, body, codeOfJSON)
	if err != nil {
		return fmt.Errorf("call %s: %w", target, err)
	}
	if out == nil {
		return nil
	}
	if json.Unmarshal(answer, out) != nil { // the error would quote the answer
		return fmt.Errorf("call %s: the answer is no JSON of the expected form", target)
	}
	return nil
}

// Query calls a service that takes forms: sns alone is called so. Nothing is
// wanted of its answer.
func (c *Client) Query(ctx context.Context, service string, form url.Values) error {
	headers := http.Header{"Content-Type": {"application/x-www-form-urlencoded; charset=utf-8"}}
	if _, err := c.send(ctx, service, headers, []byte(form.Encode()), codeOfXML); err != nil {
		return fmt.Errorf("call %s: %w", service, err)
	}
	return nil
}

// send sends a request, again where that may help.
func (c *Client) send(ctx context.Context, service string, headers http.Header, body []byte, code func([]byte) string) ([]byte, error) {
	policy := retry.NewStandard(func(o *retry.StandardOptions) { o.MaxAttempts = max(1, c.tries()) })
	for attempt := 1; ; attempt++ {
		answer, err := c.once(ctx, service, headers, body, code)
		if err == nil || attempt >= policy.MaxAttempts() || !policy.IsErrorRetryable(err) {
			return answer, err
		}
		delay, stop := policy.RetryDelay(attempt, err)
		if stop != nil {
			return nil, err
		}
		timer := time.NewTimer(delay)
		select {
		case <-timer.C:
		case <-ctx.Done():
			timer.Stop()
			return nil, ctx.Err()
		}
	}
}

func (c *Client) tries() int {
	if c.Tries == 0 {
		return 3
	}
	return c.Tries
}

func (c *Client) once(ctx context.Context, service string, headers http.Header, body []byte, code func([]byte) string) ([]byte, error) {
	at := c.Endpoint
	if at == "" {
		at = "https://" + service + "." + c.Region + "." + c.Domain
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, at+"/", bytes.NewReader(body))
	if err != nil {
		return nil, err
	}
	req.Header = headers.Clone()
	req.Header.Set("User-Agent", c.Agent)
	keys, err := c.Credentials.Retrieve(ctx)
	if err != nil {
		return nil, fmt.Errorf("credentials: %w", err)
	}
	sum := sha256.Sum256(body)
	if err := v4.NewSigner().SignHTTP(ctx, keys, req, hex.EncodeToString(sum[:]), service, c.Region, c.Now()); err != nil {
		return nil, fmt.Errorf("sign: %w", err)
	}
	res, err := c.HTTP.Do(req)
	if err != nil {
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		return nil, &smithyhttp.RequestSendError{Err: err}
	}
	defer func() { _ = res.Body.Close() }() // read only: nothing is lost
	answer, err := io.ReadAll(io.LimitReader(res.Body, maxAnswer))
	if err != nil {
		return nil, errors.Join(err, ctx.Err())
	}
	if res.StatusCode != http.StatusOK {
		return nil, &smithyhttp.ResponseError{
			Response: &smithyhttp.Response{Response: res}, Err: &smithy.GenericAPIError{Code: code(answer), Message: res.Status},
		}
	}
	return answer, nil
}

// codeOfJSON is the error's code, without the namespace in front of it.
func codeOfJSON(answer []byte) string {
	var said struct {
		Type string `json:"__type"`
	}
	if json.Unmarshal(answer, &said) != nil {
		return ""
	}
	return said.Type[1+strings.LastIndexByte(said.Type, '#'):]
}

func codeOfXML(answer []byte) string {
	var said struct {
		Code string `xml:"Error>Code"`
	}
	if xml.Unmarshal(answer, &said) != nil {
		return ""
	}
	return said.Code
}
