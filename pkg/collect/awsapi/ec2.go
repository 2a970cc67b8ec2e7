package awsapi

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/xml"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	v4 "github.com/aws/aws-sdk-go-v2/aws/signer/v4"
	awshttp "github.com/aws/aws-sdk-go-v2/aws/transport/http"
	"github.com/aws/smithy-go"
	smithyhttp "github.com/aws/smithy-go/transport/http"
)

// ec2 makes the two calls of EC2 that are needed, by its query interface (EC2
// API Reference, "Query requests"). The SDK's package for EC2 has some 800
// calls: to compile it takes minutes and gigabytes, for everyone who builds this
// program. Credentials, signature, HTTP and retries are the SDK's.
type ec2 struct {
	config  aws.Config
	retryer aws.Retryer
	limit   time.Duration // of one call
	now     func() time.Time
}

const (
	ec2Version = "2016-11-15"
	ec2Most    = 16 << 20 // bytes of an answer
	ec2Pages   = 1000
)

// vpcEndpoints reads endpoints of one region: those of the ids, or all.
func (e *ec2) vpcEndpoints(ctx context.Context, region string, ids ...string) ([]endpointDetail, error) {
	form := url.Values{"Action": {"DescribeVpcEndpoints"}}
	for i, id := range ids {
		form.Set("VpcEndpointId."+strconv.Itoa(i+1), id)
	}
	all := []endpointDetail{}
	for range ec2Pages {
		var page struct {
			Set  []endpointDetail `xml:"vpcEndpointSet>item"`
			Next string           `xml:"nextToken"`
		}
		if err := e.call(ctx, region, form, &page); err != nil {
			return nil, err
		}
		if all = append(all, page.Set...); page.Next == "" {
			return all, nil
		}
		form.Set("NextToken", page.Next)
	}
	return nil, fmt.Errorf("listing VPC endpoints of %s: more than %d pages", region, ec2Pages)
}

// regions are those that are enabled for the account.
func (e *ec2) regions(ctx context.Context) ([]string, error) {
	var page struct {
		Names []string `xml:"regionInfo>item>regionName"`
	}
	err := e.call(ctx, e.config.Region, url.Values{"Action": {"DescribeRegions"}}, &page)
	return page.Names, err
}

// call makes a call, again where that may help.
func (e *ec2) call(ctx context.Context, region string, form url.Values, out any) error {
	ctx, cancel := context.WithTimeout(ctx, e.limit)
	defer cancel()
	form.Set("Version", ec2Version)
	for attempt := 1; ; attempt++ {
		err := e.once(ctx, region, form.Encode(), out)
		if err == nil || attempt >= e.retryer.MaxAttempts() || !e.retryer.IsErrorRetryable(err) {
			return err
		}
		delay, stop := e.retryer.RetryDelay(attempt, err)
		if stop != nil {
			return err
		}
		timer := time.NewTimer(delay)
		select {
		case <-timer.C:
		case <-ctx.Done():
			timer.Stop()
			return fmt.Errorf("calling EC2: %w", ctx.Err())
		}
	}
}

func (e *ec2) once(ctx context.Context, region, body string, out any) error {
	at := "https://ec2." + region + "." + Domain(region)
	if e.config.BaseEndpoint != nil {
		at = *e.config.BaseEndpoint
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, at+"/", strings.NewReader(body))
	if err != nil {
		return fmt.Errorf("calling EC2: %w", err)
	}
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded; charset=utf-8")
	req.Header.Set("User-Agent", "aws-sdk-go-v2/"+aws.SDKVersion+" app/"+e.config.AppID)
	keys, err := e.config.Credentials.Retrieve(ctx)
	if err != nil {
		return fmt.Errorf("calling EC2: %w", err)
	}
	sum := sha256.Sum256([]byte(body))
	if err := v4.NewSigner().SignHTTP(ctx, keys, req, hex.EncodeToString(sum[:]), "ec2", region, e.now()); err != nil {
		return fmt.Errorf("signing for EC2: %w", err)
	}
	var client aws.HTTPClient = awshttp.NewBuildableClient()
	if e.config.HTTPClient != nil {
		client = e.config.HTTPClient
	}
	res, err := client.Do(req)
	if err != nil {
		return fmt.Errorf("calling EC2: %w", err)
	}
	defer func() { _ = res.Body.Close() }() // read only: nothing is lost
	data, err := io.ReadAll(io.LimitReader(res.Body, ec2Most))
	if err != nil {
		return fmt.Errorf("reading EC2's answer: %w", err)
	}
	if res.StatusCode != http.StatusOK {
		return &smithyhttp.ResponseError{Response: &smithyhttp.Response{Response: res}, Err: refusal(data)}
	}
	if err := xml.Unmarshal(data, out); err != nil {
		return fmt.Errorf("reading EC2's answer: %w", err)
	}
	return nil
}

// refusal is an error of EC2's (EC2 API Reference, "Error codes").
func refusal(data []byte) error {
	var page struct {
		Code    string `xml:"Errors>Error>Code"`
		Message string `xml:"Errors>Error>Message"`
	}
	if err := xml.Unmarshal(data, &page); err != nil || page.Code == "" {
		page.Code = "Unknown"
	}
	return &smithy.GenericAPIError{Code: page.Code, Message: page.Message}
}
