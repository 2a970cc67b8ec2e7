package secret

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	v4 "github.com/aws/aws-sdk-go-v2/aws/signer/v4"
	"github.com/aws/smithy-go"
)

// maxParameter bounds what is read of an answer: a parameter has up to 8 KB.
const maxParameter = 64 << 10

// ParameterStore reads parameters of Systems Manager: one signed request, since
// the SDK's client for them would be a megabyte of this program.
type ParameterStore struct {
	Region      string
	Credentials aws.CredentialsProvider
	Client      *http.Client
	Now         func() time.Time
	Endpoint    string // empty for AWS's own of the region
}

var _ Parameters = (*ParameterStore)(nil)

// GetParameter gives the decrypted value of a parameter, by its ARN (Systems
// Manager API, "GetParameter"). What the service refuses is a smithy.APIError.
func (p *ParameterStore) GetParameter(ctx context.Context, arn string) (string, error) {
	body, err := json.Marshal(map[string]any{"Name": arn, "WithDecryption": true})
	if err != nil {
		return "", err
	}
	endpoint := p.Endpoint
	if endpoint == "" {
		endpoint = "https://ssm." + p.Region + ".amazonaws.com"
		if len(p.Region) > 3 && p.Region[:3] == "cn-" {
			endpoint += ".cn"
		}
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, endpoint+"/", bytes.NewReader(body))
	if err != nil {
		return "", err
	}
	req.Header.Set("Content-Type", "application/x-amz-json-1.1")
	req.Header.Set("X-Amz-Target", "AmazonSSM.GetParameter")
	keys, err := p.Credentials.Retrieve(ctx)
	if err != nil {
		return "", fmt.Errorf("credentials: %w", err)
	}
	sum := sha256.Sum256(body)
	if err := v4.NewSigner().SignHTTP(ctx, keys, req, hex.EncodeToString(sum[:]), "ssm", p.Region, p.Now()); err != nil {
		return "", fmt.Errorf("sign: %w", err)
	}
	res, err := p.Client.Do(req)
	if err != nil {
		return "", err
	}
	defer func() { _ = res.Body.Close() }()
	var answer struct {
		Type      string `json:"__type"`
		Parameter struct{ Value string }
	}
	raw, err := io.ReadAll(io.LimitReader(res.Body, maxParameter))
	if err != nil {
		return "", err
	}
	err = json.Unmarshal(raw, &answer)
	switch {
	case res.StatusCode != http.StatusOK:
		code := answer.Type[1+bytes.LastIndexByte([]byte(answer.Type), '#'):]
		return "", &smithy.GenericAPIError{Code: code, Message: res.Status}
	case err != nil:
		return "", fmt.Errorf("read the answer: %w", err)
	}
	return answer.Parameter.Value, nil
}
