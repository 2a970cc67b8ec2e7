// The function that lambdatest's own tests drive: it does what it is told.
package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"os"
	"strings"
	"time"

	"github.com/aws/aws-lambda-go/lambda"
	"github.com/aws/aws-lambda-go/lambdacontext"
)

type order struct {
	Do string
	N  int
}

func main() {
	switch os.Getenv("INIT") {
	case "exit":
		fmt.Fprintln(os.Stderr, "no configuration")
		os.Exit(3)
	case "error":
		url := "http://" + os.Getenv("AWS_LAMBDA_RUNTIME_API") + "/2018-06-01/runtime/init/error"
		res, err := http.Post(url, "application/json", strings.NewReader(`{"errorType":"Config","errorMessage":"TABLE is empty"}`))
		if err == nil {
			_ = res.Body.Close()
		}
		os.Exit(1)
	case "slow":
		time.Sleep(time.Minute)
	}
	fmt.Println("started")
	lambda.Start(handle)
}

var kept []byte

func handle(ctx context.Context, o order) (any, error) {
	switch o.Do {
	case "fail":
		return nil, errors.New("as told")
	case "panic":
		panic("as told")
	case "exit":
		os.Exit(4)
	case "sleep":
		time.Sleep(time.Duration(o.N) * time.Millisecond)
	case "deadline":
		<-ctx.Done()
		return "late", nil
	case "work":
		for end := time.Now().Add(time.Duration(o.N) * time.Millisecond); time.Now().Before(end); {
			_, _ = json.Marshal(o)
		}
	case "memory":
		kept = make([]byte, o.N<<20)
		for i := 0; i < len(kept); i += 4096 {
			kept[i] = 1
		}
	case "large":
		return strings.Repeat("x", o.N<<20), nil
	}
	at, _ := ctx.Deadline()
	lc, _ := lambdacontext.FromContext(ctx)
	return map[string]any{
		"left": time.Until(at).Seconds(), "id": lc.AwsRequestID, "arn": lc.InvokedFunctionArn,
		"set": os.Getenv("SET"), "home": os.Getenv("HOME"), "region": os.Getenv("AWS_REGION"),
	}, nil
}
