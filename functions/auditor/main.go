// Command auditor is the Lambda function that explains denied role switches:
// events in (from a queue, or bare), findings kept in the ledger, messages out.
//
// Its settings are environment variables (config.go names them all), read once;
// its clients are made once, and call nothing before the first event. What it
// promises:
//
//   - An event is explained once, a message is told once, and neither is lost:
//     what could not be done fails its item of the batch, and no other; what a
//     channel did not take goes to the queue of deliveries.
//   - What cannot be read in time is reported as a gap. The invocation's deadline
//     is divided beforehand, so that there is time to tell and to keep.
//   - Its own denied calls are dropped, so that it never sets itself off.
//   - Its log is JSON, one object a line, beside one line of metrics in CloudWatch's
//     embedded metric format; no secret and no raw text of an event is in it.
//
// Credentials come from the environment, as Lambda sets them: they are good for
// as long as the environment lives.
package main

import (
	"fmt"
	"io"
	"os"
	"time"

	"github.com/aws/aws-lambda-go/lambda"
)

// version is set by the linker.
var version = "dev"

func main() {
	handler, err := start(os.Getenv, os.Stdout)
	if err != nil {
		os.Exit(1)
	}
	lambda.Start(handler)
}

// start makes the handler of the settings, or says in the log what is wrong with
// them, one line each.
func start(getenv func(string) string, out io.Writer) (lambda.Handler, error) {
	out = &lines{to: out}
	c, errs := readConfig(getenv)
	log := newLog(out, c.level)
	for _, err := range errs {
		log.Error("a setting is wrong", "error", err.Error())
	}
	if len(errs) > 0 {
		return nil, fmt.Errorf("%d settings are wrong", len(errs))
	}
	a, err := wire(c, time.Now, log, out)
	if err != nil {
		log.Error("cannot start", "error", err.Error())
		return nil, err
	}
	if len(a.channels) == 0 {
		log.Warn("nobody is told: set TOPIC_ARN, SLACK_WEBHOOK_SECRET, SLACK_TOKEN_SECRET or BUS_ARN")
	}
	return a, nil
}
