// Package lambdatest runs a Lambda function as the service does: its real
// bootstrap as a process of its own, driven over the Runtime API (AWS Lambda
// Developer Guide, "Using the Lambda runtime API for custom runtimes"). It is
// for tests alone.
//
// One [Environment] is one process, with one invocation at a time; several of
// them are several environments. As there, an invocation has a deadline at which
// the process is killed, and it is over when the function asks for the next one.
// Unlike there, the process is not frozen in between, its memory is not bounded,
// and there is one attempt at init.
//
// A process ends with its test, by its process id, whatever becomes of the test;
// should the test's own process die, the function loses its Runtime API and ends
// by itself.
package lambdatest

import (
	"bytes"
	"context"
	"fmt"
	"net/http/httptest"
	"os/exec"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"
)

// Function is what is run.
type Function struct {
	Binary  string            // path of the bootstrap
	Env     map[string]string // of the function; those of AWS Lambda are added
	Memory  int               // MB, as the function is told; 0: 256
	Timeout time.Duration     // of one invocation; 0: a minute
	Init    time.Duration     // how long init may take; 0: ten seconds
}

const (
	name    = "assumewhy"
	region  = "eu-west-1"
	arn     = "arn:aws:lambda:" + region + ":123456789012:function:" + name
	logs    = "/aws/lambda/" + name
	version = "$LATEST"
)

// environ are the variables of the process (AWS Lambda Developer Guide, "Using
// environment variables", defined runtime environment variables). Nothing of
// the test's own environment is handed on.
func (f *Function) environ(api string) []string {
	all := map[string]string{
		"AWS_LAMBDA_RUNTIME_API": api, "AWS_LAMBDA_FUNCTION_NAME": name, "AWS_LAMBDA_FUNCTION_VERSION": version,
		"AWS_LAMBDA_FUNCTION_MEMORY_SIZE": strconv.Itoa(or(f.Memory, 256)), "AWS_LAMBDA_INITIALIZATION_TYPE": "on-demand",
		"AWS_LAMBDA_LOG_GROUP_NAME": logs, "AWS_LAMBDA_LOG_STREAM_NAME": "test", "_HANDLER": "bootstrap",
		"AWS_REGION": region, "AWS_DEFAULT_REGION": region, "TZ": ":UTC", "PATH": "/usr/local/bin:/usr/bin:/bin",
		"AWS_ACCESS_KEY_ID": "AKIAIOSFODNN7EXAMPLE", "AWS_SECRET_ACCESS_KEY": "example", "AWS_EC2_METADATA_DISABLED": "true",
		"LAMBDA_TASK_ROOT": "/var/task", "LAMBDA_RUNTIME_DIR": "/var/runtime",
	}
	for k, v := range f.Env {
		all[k] = v
	}
	var list []string
	for k, v := range all {
		list = append(list, k+"="+v)
	}
	slices.Sort(list)
	return list
}

func or[T int | time.Duration](v, otherwise T) T {
	if v == 0 {
		return otherwise
	}
	return v
}

// Environment is one execution environment.
type Environment struct {
	// Took is how long init took, from the start of the process to the first
	// time that it asked for an invocation.
	Took time.Duration

	function Function
	process  *exec.Cmd
	api      *httptest.Server
	output   output
	next     chan *invocation // handed to the process
	asked    chan struct{}    // the process asked for an invocation
	broken   chan Fault       // it told the Runtime API that init failed
	ended    chan struct{}    // the process is over
	turn     sync.Mutex       // one invocation at a time

	mu      sync.Mutex
	current *invocation
	peak    int64 // when it was killed
}

// Fault is an error of the function, or of the service about it.
type Fault struct {
	Type    string `json:"errorType"`    // of the service: Sandbox.Timedout, Runtime.ExitError
	Message string `json:"errorMessage"` // in the function's words
}

// Error is the fault in a line.
func (f *Fault) Error() string { return f.Type + ": " + f.Message }

// Start starts an environment and waits for its init, which must succeed.
func Start(t testing.TB, f Function) *Environment {
	t.Helper()
	e, err := Begin(t, f)
	if err != nil {
		t.Fatalf("init: %v\n%s", err, e.Output())
	}
	return e
}

// Begin starts an environment and gives the error of its init, a *Fault. What
// it has written is there in either case.
func Begin(t testing.TB, f Function) (*Environment, error) {
	t.Helper()
	e := &Environment{
		function: f, next: make(chan *invocation), asked: make(chan struct{}, 1),
		broken: make(chan Fault, 1), ended: make(chan struct{}),
	}
	e.api = httptest.NewServer(e.handler())
	cmd := exec.Command(f.Binary)
	cmd.Env = f.environ(strings.TrimPrefix(e.api.URL, "http://"))
	cmd.Dir = t.TempDir()
	cmd.Stdout, cmd.Stderr = &e.output, &e.output
	e.process = cmd
	start := time.Now()
	if err := cmd.Start(); err != nil {
		e.api.Close()
		close(e.ended)
		t.Fatalf("start the function: %v", err)
	}
	go func() {
		_ = cmd.Wait() // how it ended is in ProcessState
		close(e.ended)
	}()
	t.Cleanup(e.Stop)
	err := e.begun()
	e.Took = time.Since(start)
	return e, err
}

// begun waits for the end of init.
func (e *Environment) begun() error {
	limit := or(e.function.Init, 10*time.Second)
	late := time.NewTimer(limit)
	defer late.Stop()
	select {
	case <-e.asked:
		return nil
	case f := <-e.broken:
		return &f
	case <-e.ended:
		return e.exit()
	case <-late.C:
		e.Kill()
		return &Fault{"Sandbox.Timedout", fmt.Sprintf("init took longer than %s", limit)}
	}
}

func (e *Environment) exit() *Fault {
	return &Fault{"Runtime.ExitError", "the process ended: " + e.process.ProcessState.String()}
}

// Kill ends the process at once, as the service does at a deadline.
func (e *Environment) Kill() {
	peak := e.Peak()
	e.mu.Lock()
	e.peak = max(e.peak, peak)
	e.mu.Unlock()
	_ = e.process.Process.Kill() // it may be over
	<-e.ended
}

// Stop ends the process and its Runtime API. It is called with the end of the
// test, if not before.
func (e *Environment) Stop() {
	e.Kill()
	e.api.CloseClientConnections()
	e.api.Close()
}

// PID is the process id.
func (e *Environment) PID() int { return e.process.Process.Pid }

// Output is what the process has written to standard output and standard error.
func (e *Environment) Output() string { return e.output.String() }

// output is written by the process and read by the test.
type output struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (o *output) Write(p []byte) (int, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.text.Write(p)
}

func (o *output) String() string {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.text.String()
}

// Tags are the build tags of the deployed functions, as the Makefile has them.
const Tags = "lambda.norpc,nethttpomithttp2"

// Build builds the package main in a folder, as it is built for the service but
// for this machine's architecture, and gives the path of the bootstrap. out is a
// folder for it.
func Build(ctx context.Context, folder, out string) (string, error) {
	path := out + "/bootstrap"
	cmd := exec.CommandContext(ctx, "go", "build", "-tags", Tags, "-trimpath", "-buildvcs=false", "-ldflags", "-s -w", "-o", path, ".")
	cmd.Dir = folder
	cmd.Env = append(cmd.Environ(), "CGO_ENABLED=0")
	if text, err := cmd.CombinedOutput(); err != nil {
		return "", fmt.Errorf("build %s: %w\n%s", folder, err, text)
	}
	return path, nil
}
