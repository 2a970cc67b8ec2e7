// Package secret reads the one secret of a channel from AWS Secrets Manager or
// from a SecureString of Systems Manager, by its ARN, and keeps it for a while.
//
// The value goes to who asks and nowhere else: no error holds it. A Secret is
// safe for concurrent use and reads once for many that ask at once.
package secret

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"sync"
	"time"

	"github.com/aws/smithy-go"

	"github.com/assumewhy/assumewhy/pkg/deliver"
)

// keptFor is how long a value is good for.
const keptFor = 10 * time.Minute

// API calls Secrets Manager and Systems Manager: target is
// "secretsmanager.GetSecretValue" or "AmazonSSM.GetParameter", in and out are
// JSON. What the service refuses is a smithy.APIError.
type API interface {
	Call(ctx context.Context, target string, in, out any) error
}

// Parameter gives the value of a parameter of Systems Manager, decrypted, by its
// ARN (Systems Manager API, "GetParameter").
func Parameter(ctx context.Context, api API, arn string) (string, error) {
	var answer struct{ Parameter struct{ Value string } }
	err := api.Call(ctx, "AmazonSSM.GetParameter", map[string]any{"Name": arn, "WithDecryption": true}, &answer)
	return answer.Parameter.Value, err
}

// managed gives the value of a secret of Secrets Manager (Secrets Manager API,
// "GetSecretValue").
func managed(ctx context.Context, api API, arn string) (string, error) {
	var answer struct{ SecretString string }
	err := api.Call(ctx, "secretsmanager.GetSecretValue", map[string]any{"SecretId": arn}, &answer)
	return answer.SecretString, err
}

// Secret is one secret.
type Secret struct {
	arn  string
	key  string // of the JSON object that the value is, or empty
	read func(context.Context) (string, error)
	now  func() time.Time

	mu    sync.Mutex
	value string
	at    time.Time
}

// New makes a secret of its ARN:
//
//	arn:aws:secretsmanager:REGION:ACCOUNT:secret:NAME          the whole value
//	arn:aws:secretsmanager:REGION:ACCOUNT:secret:NAME:KEY      a member of a JSON object
//	arn:aws:ssm:REGION:ACCOUNT:parameter/NAME                  a SecureString
func New(arn string, api API, now func() time.Time) (*Secret, error) {
	parts := strings.Split(arn, ":")
	s := &Secret{arn: arn, now: now}
	switch {
	case len(parts) >= 7 && len(parts) <= 8 && parts[0] == "arn" && parts[2] == "secretsmanager" && parts[5] == "secret":
		if len(parts) == 8 {
			s.key, s.arn = parts[7], strings.Join(parts[:7], ":")
		}
		s.read = func(ctx context.Context) (string, error) { return managed(ctx, api, s.arn) }
	case len(parts) == 6 && parts[0] == "arn" && parts[2] == "ssm" && strings.HasPrefix(parts[5], "parameter/"):
		s.read = func(ctx context.Context) (string, error) { return Parameter(ctx, api, s.arn) }
	default:
		return nil, errors.New("this is no ARN of a secret: give arn:aws:secretsmanager:...:secret:NAME or arn:aws:ssm:...:parameter/NAME")
	}
	return s, nil
}

// Value gives the secret, from memory while that is good. Its errors are
// Failures.
func (s *Secret) Value(ctx context.Context) (string, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.value != "" && s.now().Sub(s.at) < keptFor {
		return s.value, nil
	}
	raw, err := s.read(ctx)
	if err != nil {
		return "", refused(s.arn, err)
	}
	if raw, err = s.member(raw); err != nil {
		return "", err
	}
	if s.value = strings.TrimSpace(raw); s.value == "" {
		return "", &deliver.Failure{What: fmt.Sprintf("secret %s is empty", s.arn)}
	}
	s.at = s.now()
	return s.value, nil
}

// member is the member of the JSON object that the value is.
func (s *Secret) member(raw string) (string, error) {
	if s.key == "" {
		return raw, nil
	}
	var object map[string]any
	if json.Unmarshal([]byte(raw), &object) != nil {
		return "", &deliver.Failure{What: fmt.Sprintf("secret %s is no JSON object", s.arn)}
	}
	value, ok := object[s.key].(string)
	if !ok {
		return "", &deliver.Failure{What: fmt.Sprintf("secret %s has no text member %q", s.arn, s.key)}
	}
	return value, nil
}

// Forget makes the next Value read again: the service says that it is not good
// any more.
func (s *Secret) Forget() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.value = ""
}

func refused(arn string, err error) error {
	f := &deliver.Failure{What: fmt.Sprintf("secret %s cannot be read", arn), Temporary: true}
	var api smithy.APIError
	if errors.As(err, &api) {
		f.Code = deliver.Code(api.ErrorCode())
		switch api.ErrorCode() {
		case "AccessDeniedException", "AccessDenied", "ResourceNotFoundException", "ParameterNotFound", "DecryptionFailure", "InvalidRequestException":
			f.Temporary = false
		}
	}
	return f
}
