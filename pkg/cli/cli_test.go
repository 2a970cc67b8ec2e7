package cli

import (
	"bytes"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// run runs the program in surroundings that a test may change, and gives exit
// status, standard output and standard error.
func run(t *testing.T, change func(*Surroundings), args ...string) (int, string, string) {
	t.Helper()
	var stdout, stderr bytes.Buffer
	s := Surroundings{
		Args: args, Stdin: strings.NewReader(""), Stdout: &stdout, Stderr: &stderr,
		Getenv: func(string) string { return "" },
		Now:    func() time.Time { return time.Date(2026, 10, 14, 9, 30, 0, 0, time.UTC) },
	}
	if change != nil {
		change(&s)
	}
	status := Main(s)
	return status, stdout.String(), stderr.String()
}

// sample gives the path of a sample event.
func sample(t testing.TB, name string) string {
	return filepath.Join(folder(t, "events"), name)
}

// env is a Getenv of fixed variables, "NAME=value".
func env(variables ...string) func(string) string {
	return func(name string) string {
		for _, v := range variables {
			if n, value, _ := strings.Cut(v, "="); n == name {
				return value
			}
		}
		return ""
	}
}

func TestNoEventsOnATerminal(t *testing.T) {
	onTerminal := func(s *Surroundings) {
		s.StdinTerminal = true
		s.Stdin = readerFunc(func([]byte) (int, error) { t.Error("the terminal was read"); return 0, io.EOF })
	}
	status, stdout, stderr := run(t, onTerminal, "explain", "--estate", "anything")
	if status != misused || stdout != "" || !strings.HasPrefix(stderr, "assumewhy: no events: name event files, or pipe ") {
		t.Errorf("status %d, stdout %q, stderr %q", status, stdout, stderr)
	}
	// Who writes "-" means to type.
	typed := func(s *Surroundings) {
		s.StdinTerminal = true
		s.Stdin = strings.NewReader("User: arn:aws:iam::111122223333:user/dave is not authorized to perform: sts:AssumeRole on resource: arn:aws:iam::444455556666:role/Deployer\n")
	}
	if status, stdout, _ := run(t, typed, "explain", "-"); status != ok || !strings.HasPrefix(stdout, "DENIED, CAUSE NOT KNOWN  dave") {
		t.Errorf("status %d, stdout %q", status, stdout)
	}
}

func TestColor(t *testing.T) {
	tests := []struct {
		name     string
		terminal bool
		env      []string
		flag     string
		want     bool
	}{
		{"file", false, nil, "auto", false},
		{"terminal", true, nil, "auto", true},
		{"NO_COLOR", true, []string{"NO_COLOR=1"}, "auto", false},
		{"NO_COLOR empty", true, []string{"NO_COLOR="}, "auto", true},
		{"dumb terminal", true, []string{"TERM=dumb"}, "auto", false},
		{"never", true, nil, "never", false},
		{"always", false, nil, "always", true},
		{"always beside NO_COLOR", false, []string{"NO_COLOR=1"}, "always", true},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			on := func(s *Surroundings) { s.StdoutTerminal, s.Getenv = tt.terminal, env(tt.env...) }
			status, stdout, stderr := run(t, on, "explain", sample(t, "01-trust-names-carol.json"), "--color", tt.flag)
			if got := strings.Contains(stdout, "\x1b["); status != ok || stderr != "" || got != tt.want {
				t.Errorf("color %v, want %v (status %d, %s)", got, tt.want, status, stderr)
			}
		})
	}
}

func TestWidth(t *testing.T) {
	tests := []struct {
		name    string
		columns int
		env     []string
		want    int
	}{
		{"nothing known", 0, nil, 80},
		{"terminal", 100, nil, 100},
		{"terminal before COLUMNS", 100, []string{"COLUMNS=60"}, 100},
		{"COLUMNS", 0, []string{"COLUMNS=60"}, 60},
		{"COLUMNS that is no number", 0, []string{"COLUMNS=wide"}, 80},
		{"COLUMNS below zero", 0, []string{"COLUMNS=-5"}, 80},
		{"wide terminal", 300, nil, 120},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			p := &program{Surroundings: Surroundings{Columns: tt.columns, Getenv: env(tt.env...)}}
			if got := p.width(); got != tt.want {
				t.Errorf("width %d, want %d", got, tt.want)
			}
		})
	}
}

func TestUTF8(t *testing.T) {
	tests := []struct {
		env  []string
		want bool
	}{
		{nil, true},
		{[]string{"LANG=en_US.UTF-8"}, true},
		{[]string{"LANG=pt_BR.utf8"}, true},
		{[]string{"LANG=C"}, false},
		{[]string{"LANG=C.UTF-8", "LC_ALL=POSIX"}, false},
		{[]string{"LANG=C", "LC_CTYPE=C.UTF-8"}, true},
		{[]string{"LANG=C.UTF-8", "LC_CTYPE=ja_JP.eucJP"}, false},
		{[]string{"LANG=C", "LC_CTYPE=C", "LC_ALL=en_GB.UTF-8"}, true},
	}
	for _, tt := range tests {
		p := &program{Surroundings: Surroundings{Getenv: env(tt.env...)}}
		if got := p.utf8(); got != tt.want {
			t.Errorf("%v: UTF-8 %v, want %v", tt.env, got, tt.want)
		}
	}
}

// Each report is written before the next event is read.
func TestStreams(t *testing.T) {
	event, err := os.ReadFile(sample(t, "01-trust-names-carol.json"))
	if err != nil {
		t.Fatal(err)
	}
	var stdout bytes.Buffer
	events, before := 0, []int{}
	in := func(s *Surroundings) {
		s.Stdout = &stdout
		s.Stdin = readerFunc(func(b []byte) (int, error) {
			before = append(before, strings.Count(stdout.String(), "\n"))
			if events++; events > 3 {
				return 0, io.EOF
			}
			return copy(b, event), nil
		})
	}
	if status, _, stderr := run(t, in, "explain", "--format", "json"); status != ok || stderr != "" {
		t.Fatalf("status %d, %s", status, stderr)
	}
	if last := before[len(before)-1]; last != 3 {
		t.Errorf("%d reports were out when the input ended, want 3 (%v)", last, before)
	}
}

// What cannot be written ends the run: with a word, unless the reader has gone.
func TestWriteErrors(t *testing.T) {
	full := errors.New("no space left on device")
	tests := []struct {
		name string
		err  error
		args []string
		want string // of standard error
	}{
		{"explain", full, []string{"explain", sample(t, "01-trust-names-carol.json")}, "assumewhy: writing to standard output: no space left on device: what is there is not whole"},
		{"explain JSON", full, []string{"explain", "--format", "json", sample(t, "01-trust-names-carol.json")}, "assumewhy: writing to standard output: no space left on device: what is there is not whole"},
		{"simulate", full, []string{"simulate", "--principal", "arn:aws:iam::111122223333:user/dave", "--role", "arn:aws:iam::444455556666:role/Deployer"}, "assumewhy: writing to standard output: no space left on device: what is there is not whole"},
		{"cases", full, []string{"simulate", "--conditions", filepath.Join(folder(t, "pkg/eval/testdata"), "conditions.jsonl")}, "assumewhy: writing to standard output: no space left on device: what is there is not whole"},
		{"version", full, []string{"version"}, "assumewhy: writing to standard output: no space left on device: what is there is not whole"},
		{"--version", full, []string{"--version"}, "assumewhy: writing to standard output: no space left on device: what is there is not whole"},
		{"first page", full, nil, "assumewhy: writing to standard output: no space left on device: what is there is not whole"},
		{"--help", full, []string{"--help"}, "assumewhy: writing to standard output: no space left on device: what is there is not whole"},
		{"help", full, []string{"help"}, "assumewhy: writing to standard output: no space left on device: what is there is not whole"},
		{"help of a command", full, []string{"help", "explain"}, "assumewhy: writing to standard output: no space left on device: what is there is not whole"},
		{"--help of a command", full, []string{"simulate", "--help"}, "assumewhy: writing to standard output: no space left on device: what is there is not whole"},
		{"reader of help gone", syscall.EPIPE, []string{"--help"}, ""},
		{"reader gone", syscall.EPIPE, []string{"explain", sample(t, "01-trust-names-carol.json")}, ""},
		{"reader of JSON gone", &os.PathError{Op: "write", Path: "|1", Err: syscall.EPIPE}, []string{"explain", "--format", "json", sample(t, "01-trust-names-carol.json")}, ""},
		{"reader of cases gone", io.ErrClosedPipe, []string{"simulate", "--conditions", filepath.Join(folder(t, "pkg/eval/testdata"), "conditions.jsonl")}, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			broken := func(s *Surroundings) {
				s.Stdout = writerFunc(func([]byte) (int, error) { return 0, tt.err })
			}
			status, _, stderr := run(t, broken, tt.args...)
			if status != failed {
				t.Errorf("status %d, want %d", status, failed)
			}
			if tt.want == "" && stderr != "" || !strings.Contains(stderr, tt.want) || strings.Count(stderr, "\n") > 1 {
				t.Errorf("stderr %q, want %q in one line", stderr, tt.want)
			}
		})
	}
}

// A read that breaks off in the middle is told, and is no success.
func TestReadError(t *testing.T) {
	broken := func(s *Surroundings) {
		s.Stdin = readerFunc(func([]byte) (int, error) { return 0, errors.New("input/output error") })
	}
	status, _, stderr := run(t, broken, "explain")
	if status != failed || !strings.Contains(stderr, "standard input") || !strings.Contains(stderr, "input/output error") {
		t.Errorf("status %d, stderr %q", status, stderr)
	}
}

// Simulate takes the time from its surroundings when nobody gives one.
func TestSimulateNow(t *testing.T) {
	_, stdout, _ := run(t, nil, "simulate", "--format", "json",
		"--principal", "arn:aws:iam::111122223333:user/dave", "--role", "arn:aws:iam::444455556666:role/Deployer")
	if !strings.Contains(stdout, `"time":"2026-10-14T09:30:00Z"`) {
		t.Errorf("the time is not that of the clock: %s", stdout)
	}
}

type readerFunc func([]byte) (int, error)

func (f readerFunc) Read(b []byte) (int, error) { return f(b) }

type writerFunc func([]byte) (int, error)

func (f writerFunc) Write(b []byte) (int, error) { return f(b) }
