package main

import (
	"testing"

	"github.com/aws/smithy-go/logging"
)

// TestQuiet: the SDK writes no lines of its own between those of the log.
func TestQuiet(t *testing.T) {
	if _, ok := awsConfig(config{}).Logger.(logging.Nop); !ok {
		t.Error("the SDK logs")
	}
}
