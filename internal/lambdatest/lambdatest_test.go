package lambdatest

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"strings"
	"sync"
	"testing"
	"time"
)

func TestEnvironment(t *testing.T) {
	binary, err := Build(t.Context(), "testdata/function", t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	f := Function{Binary: binary, Env: map[string]string{"SET": "yes"}}
	for _, test := range []struct {
		name string
		run  func(*testing.T, Function)
	}{
		{"response", testResponse},
		{"error", testError},
		{"panic", testPanic},
		{"exit", testExit},
		{"deadline", testDeadline},
		{"init", testInit},
		{"large", testLarge},
		{"several", testSeveral},
		{"usage", testUsage},
		{"stopped", testStopped},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			test.run(t, f)
		})
	}
}

func testResponse(t *testing.T, f Function) {
	e := Start(t, f)
	if e.Took <= 0 || !strings.Contains(e.Output(), "started") {
		t.Errorf("init took %s: %q", e.Took, e.Output())
	}
	for range 3 {
		a := e.Invoke([]byte(`{}`))
		var got struct {
			Left                       float64
			ID, ARN, Set, Home, Region string
		}
		if err := json.Unmarshal(a.Payload, &got); err != nil || a.Fault != nil {
			t.Fatalf("%+v: %v", a, err)
		}
		if got.Left < 50 || got.Left > 60 || got.ID != a.RequestID || got.ARN != arn || got.Set != "yes" || got.Home != "" || got.Region != region {
			t.Errorf("%+v of %s", got, a.RequestID)
		}
	}
}

func testError(t *testing.T, f Function) {
	e := Start(t, f)
	if a := e.Invoke([]byte(`{"do":"fail"}`)); a.Fault == nil || a.Fault.Error() != "errorString: as told" || a.Payload != nil {
		t.Errorf("%+v", a)
	}
	if a := e.Invoke([]byte(`{}`)); a.Fault != nil {
		t.Errorf("after an error: %+v", a)
	}
}

// testPanic: the runtime tells of a panic and ends its process.
func testPanic(t *testing.T, f Function) {
	e := Start(t, f)
	if a := e.Invoke([]byte(`{"do":"panic"}`)); a.Fault == nil || a.Fault.Message != "as told" {
		t.Errorf("%+v", a.Fault)
	}
	if a := e.Invoke([]byte(`{}`)); a.Fault == nil || a.Fault.Type != "Runtime.ExitError" {
		t.Errorf("after a panic: %+v", a.Fault)
	}
}

func testExit(t *testing.T, f Function) {
	e := Start(t, f)
	if a := e.Invoke([]byte(`{"do":"exit"}`)); a.Fault == nil || a.Fault.Error() != "Runtime.ExitError: the process ended: exit status 4" {
		t.Errorf("%+v", a.Fault)
	}
}

// testDeadline: who returns at the deadline is too late or not, who goes on is
// killed.
func testDeadline(t *testing.T, f Function) {
	f.Timeout = 300 * time.Millisecond
	e := Start(t, f)
	a := e.Invoke([]byte(`{"do":"sleep","n":60000}`))
	if a.Fault == nil || a.Fault.Type != "Sandbox.Timedout" || a.Took < f.Timeout || a.Took > 20*time.Second {
		t.Errorf("%+v", a)
	}
	if a = e.Invoke([]byte(`{}`)); a.Fault == nil || a.Fault.Message != "the process ended: signal: killed" {
		t.Errorf("after a timeout: %+v", a.Fault)
	}
	if a = Start(t, f).Invoke([]byte(`{"do":"deadline"}`)); a.Took < f.Timeout-50*time.Millisecond || a.Took > 20*time.Second {
		t.Errorf("%+v", a)
	}
}

func testInit(t *testing.T, f Function) {
	f.Init = 5 * time.Second
	for how, want := range map[string]string{
		"exit": "Runtime.ExitError: the process ended: exit status 3", "error": "Config: TABLE is empty",
	} {
		f.Env = map[string]string{"INIT": how}
		e, err := Begin(t, f)
		var fault *Fault
		if !errors.As(err, &fault) || fault.Error() != want {
			t.Errorf("%s: %v", how, err)
		}
		if how == "exit" && e.Output() != "no configuration\n" {
			t.Errorf("%q", e.Output())
		}
	}
	f.Env, f.Init = map[string]string{"INIT": "slow"}, 200*time.Millisecond
	if _, err := Begin(t, f); err == nil || err.Error() != "Sandbox.Timedout: init took longer than 200ms" {
		t.Error(err)
	}
}

// testLarge: a response that is too large is refused, as the service does.
func testLarge(t *testing.T, f Function) {
	f.Timeout = 10 * time.Second
	e := Start(t, f)
	if a := e.Invoke([]byte(`{"do":"large","n":5}`)); a.Fault != nil || len(a.Payload) < 5<<20 {
		t.Errorf("%d bytes: %+v", len(a.Payload), a.Fault)
	}
	if a := e.Invoke([]byte(`{"do":"large","n":7}`)); a.Fault == nil {
		t.Errorf("%d bytes were taken", len(a.Payload))
	}
}

// testSeveral: environments run at the same time, invocations of one in turn.
func testSeveral(t *testing.T, f Function) {
	all := []*Environment{Start(t, f), Start(t, f)}
	if all[0].PID() == all[1].PID() {
		t.Error("one process for two")
	}
	start := time.Now()
	var wait sync.WaitGroup
	for i := range 4 {
		wait.Go(func() {
			if a := all[i%2].Invoke([]byte(`{"do":"sleep","n":400}`)); a.Fault != nil {
				t.Error(a.Fault)
			}
		})
	}
	wait.Wait()
	if took := time.Since(start); took < 800*time.Millisecond || took > 1500*time.Millisecond {
		t.Logf("two by two took %s", took)
		if took < 800*time.Millisecond {
			t.Error("an environment ran two at once")
		}
	}
}

func testUsage(t *testing.T, f Function) {
	if !Measured() {
		t.Skip("this machine does not tell CPU and memory of a process: Linux does")
	}
	e := Start(t, f)
	idle := e.Invoke([]byte(`{"do":"sleep","n":100}`))
	busy := e.Invoke([]byte(`{"do":"work","n":300}`))
	if idle.CPU <= 0 || idle.CPU > 80*time.Millisecond || busy.CPU < idle.CPU+20*time.Millisecond || busy.CPU > 2*busy.Took {
		t.Errorf("idle %s, busy %s in %s", idle.CPU, busy.CPU, busy.Took)
	}
	before := e.Peak()
	e.Invoke([]byte(`{"do":"memory","n":40}`))
	if after := e.Peak(); before < 1<<20 || after < before+30<<20 || after > before+80<<20 {
		t.Errorf("peak %d, with 40 MB more %d", before, after)
	}
	if e.Kill(); e.Peak() < before+30<<20 {
		t.Errorf("peak %d when it was killed", e.Peak())
	}
}

// testStopped: nothing of a process is left, and an invocation that was under way
// is told so.
func testStopped(t *testing.T, f Function) {
	e := Start(t, f)
	over := make(chan Answer)
	go func() { over <- e.Invoke([]byte(`{"do":"sleep","n":60000}`)) }()
	time.Sleep(100 * time.Millisecond)
	e.Stop()
	if a := <-over; a.Fault == nil || a.Fault.Type != "Runtime.ExitError" {
		t.Errorf("%+v", a)
	}
	if _, err := os.Stat(fmt.Sprintf("/proc/%d", e.PID())); Measured() && !errors.Is(err, os.ErrNotExist) {
		t.Errorf("process %d is still there", e.PID())
	}
	e.Stop()
}
