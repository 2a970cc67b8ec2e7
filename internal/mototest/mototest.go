// Package mototest starts moto, an emulation of AWS over HTTP, as a child of the
// test, on a free port of 127.0.0.1, and ends it with the test. Tests go through
// internal/awsproxy, which stands before it; nothing else uses this package.
//
// Where moto_server is not on the PATH a test skips in one line, and in CI
// (CI=true) it fails.
package mototest

import (
	"bytes"
	"context"
	"net"
	"net/http"
	"os"
	"os/exec"
	"testing"
	"time"
)

const (
	// startBy bounds how long moto may take to answer for the first time.
	startBy = 60 * time.Second
	// tries bounds how often it is started anew: somebody may take its port first.
	tries = 3
)

// Start starts moto for a test and gives its address, "http://127.0.0.1:PORT".
func Start(t testing.TB) string {
	t.Helper()
	path, err := exec.LookPath("moto_server")
	if err != nil {
		line := "moto_server is not on the PATH: pip install 'moto[server]'"
		if os.Getenv("CI") == "true" {
			t.Fatal(line)
		}
		t.Skip(line)
	}
	var said string
	for range tries {
		var address string
		if address, said = run(t, path); address != "" {
			return address
		}
	}
	t.Fatalf("moto_server does not answer within %s: %s", startBy, said)
	return ""
}

// run starts the process and waits until it answers; where it ends or does not
// answer, it gives what it said.
func run(t testing.TB, path string) (address, said string) {
	t.Helper()
	port := freePort(t)
	var out bytes.Buffer
	cmd := exec.Command(path, "-H", "127.0.0.1", "-p", port)
	cmd.Stdout, cmd.Stderr = &out, &out
	cmd.WaitDelay = 5 * time.Second
	if err := cmd.Start(); err != nil {
		t.Fatalf("start moto_server: %v", err)
	}
	ended := make(chan struct{})
	go func() {
		_ = cmd.Wait()
		close(ended)
	}()
	end := func() {
		_ = cmd.Process.Kill()
		<-ended
	}
	address = "http://" + net.JoinHostPort("127.0.0.1", port)
	if answers(t, address, ended) {
		t.Cleanup(end)
		return address, ""
	}
	end()
	return "", out.String()
}

// answers waits for the first answer, but not for a process that has ended.
func answers(t testing.TB, address string, ended <-chan struct{}) bool {
	ctx, cancel := context.WithTimeout(t.Context(), startBy)
	defer cancel()
	for {
		req, err := http.NewRequestWithContext(ctx, http.MethodGet, address+"/moto-api/", http.NoBody)
		if err != nil {
			t.Fatal(err)
		}
		res, err := http.DefaultClient.Do(req)
		if err == nil {
			_ = res.Body.Close()
			return true
		}
		select {
		case <-ended:
			return false
		case <-ctx.Done():
			return false
		case <-time.After(50 * time.Millisecond):
		}
	}
}

func freePort(t testing.TB) string {
	t.Helper()
	var config net.ListenConfig
	l, err := config.Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = l.Close() }()
	_, port, err := net.SplitHostPort(l.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	return port
}
