// Package mototest starts moto, an emulation of AWS over HTTP, behind a proxy
// that records every call and can answer in moto's stead. It is for tests alone.
//
// Where moto_server is not on the PATH a test skips in one line, and in CI
// (CI=true) it fails. The server is a child of the test, on a free port of
// 127.0.0.1, and ends with it.
//
// moto checks a condition of DynamoDB and writes in two steps, which two
// requests at once can come between; the proxy lets one request to DynamoDB
// through at a time, as the service would.
package mototest

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"os"
	"os/exec"
	"strings"
	"sync"
	"testing"
	"time"
)

// startBy bounds how long moto may take to answer for the first time.
const startBy = 60 * time.Second

// Call is one request to AWS.
type Call struct {
	Operation string // "DynamoDB_20120810.PutItem", "Publish"
	Body      []byte
}

// Server is moto behind the proxy. URL is the endpoint for clients.
type Server struct {
	URL string

	mu    sync.Mutex
	calls []Call
	fault func(http.ResponseWriter, Call) bool

	dynamo sync.Mutex
}

// Start starts moto for a test.
func Start(t testing.TB) *Server {
	t.Helper()
	path, err := exec.LookPath("moto_server")
	if err != nil {
		line := "moto_server is not on the PATH: pip install 'moto[server]'"
		if os.Getenv("CI") == "true" {
			t.Fatal(line)
		}
		t.Skip(line)
	}
	behind := run(t, path)
	s := &Server{}
	proxy := httputil.NewSingleHostReverseProxy(behind)
	proxy.Transport = &http.Transport{MaxIdleConnsPerHost: 16}
	front := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { s.serve(proxy, w, r) }))
	t.Cleanup(front.Close)
	s.URL = front.URL
	return s
}

// run starts the process and waits until it answers.
func run(t testing.TB, path string) *url.URL {
	t.Helper()
	port := freePort(t)
	var out bytes.Buffer
	cmd := exec.Command(path, "-H", "127.0.0.1", "-p", port)
	cmd.Stdout, cmd.Stderr = &out, &out
	cmd.WaitDelay = 5 * time.Second
	if err := cmd.Start(); err != nil {
		t.Fatalf("start moto_server: %v", err)
	}
	t.Cleanup(func() {
		_ = cmd.Process.Kill()
		_ = cmd.Wait()
	})
	address := &url.URL{Scheme: "http", Host: net.JoinHostPort("127.0.0.1", port)}
	ctx, cancel := context.WithTimeout(t.Context(), startBy)
	defer cancel()
	for {
		req, err := http.NewRequestWithContext(ctx, http.MethodGet, address.String()+"/moto-api/", http.NoBody)
		if err != nil {
			t.Fatal(err)
		}
		res, err := http.DefaultClient.Do(req)
		if err == nil {
			_ = res.Body.Close()
			return address
		}
		select {
		case <-ctx.Done():
			_ = cmd.Process.Kill()
			_ = cmd.Wait()
			t.Fatalf("moto_server does not answer after %s: %s", startBy, out.String())
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

func (s *Server) serve(proxy http.Handler, w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	r.Body = io.NopCloser(bytes.NewReader(body))
	call := Call{Operation: operation(r, body), Body: body}
	s.mu.Lock()
	s.calls = append(s.calls, call)
	fault := s.fault
	s.mu.Unlock()
	if fault != nil && fault(w, call) {
		return
	}
	if strings.HasPrefix(call.Operation, "DynamoDB") {
		s.dynamo.Lock()
		defer s.dynamo.Unlock()
	}
	proxy.ServeHTTP(w, r)
}

// operation is the operation of a request: the target of JSON services, the
// action of query services.
func operation(r *http.Request, body []byte) string {
	if target := r.Header.Get("X-Amz-Target"); target != "" {
		return target
	}
	if form, err := url.ParseQuery(string(body)); err == nil && form.Get("Action") != "" {
		return form.Get("Action")
	}
	return fmt.Sprintf("%s %s", r.Method, r.URL.Path)
}

// Fault sets what answers in moto's stead: fault says whether it did. nil lets
// all through.
func (s *Server) Fault(fault func(http.ResponseWriter, Call) bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.fault = fault
}

// Calls gives the calls since the last Forget, in order.
func (s *Server) Calls() []Call {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]Call{}, s.calls...)
}

// Count counts the calls since the last Forget by operation.
func (s *Server) Count() map[string]int {
	n := map[string]int{}
	for _, c := range s.Calls() {
		n[c.Operation]++
	}
	return n
}

// Forget forgets the calls so far.
func (s *Server) Forget() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.calls = nil
}
