// Package cli is the command line's face: it reads arguments, event files and
// estate directories, lets package audit answer, and writes the answers.
//
// It reads the files it is told to read and standard input, and writes to
// standard output and standard error. It opens network connections, to AWS, for
// `collect` and `explain --live` alone. Answers
// go to standard output, each as soon as it is made and in the order of the
// input; everything else is one line each on standard error. What an operator
// gives by --know or --context is never written anywhere.
//
// Everything outside that a run depends on is in [Surroundings], so that a test
// needs no process. Same surroundings, same files, same bytes. Not safe for
// concurrent use: a run is a process.
package cli

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"syscall"
	"time"

	"golang.org/x/term"

	"github.com/assumewhy/assumewhy/pkg/render"
)

// Exit statuses. Of simulate, ok is "allowed".
const (
	ok           = 0
	failed       = 1 // something could not be read or done
	misused      = 2 // the command line is not understood
	denied       = 3 // simulate: the call would fail
	undetermined = 4 // simulate: what decides is not known
)

// Surroundings are what a run of the program depends on, files aside. Getenv
// and Now must be set.
type Surroundings struct {
	Args   []string // without the program's name
	Stdin  io.Reader
	Stdout io.Writer
	Stderr io.Writer

	Getenv func(string) string
	Now    func() time.Time

	StdinTerminal  bool
	StdoutTerminal bool
	Columns        int // of the terminal behind Stdout; 0 when not known

	spare []byte // see spareHeap
}

// spareHeap is how many bytes of garbage a run of the program may leave, beside
// as much as it holds, before they are collected: with the few megabytes that
// it usually holds it would be collecting all the time. An allocation of this
// size is counted so by the collector; nobody touches it, so that it takes no
// memory.
//
// The knobs of runtime/debug do not say this. SetGCPercent multiplies: what is
// room enough beside a few megabytes is a gigabyte beside an estate of 200 MB.
// SetMemoryLimit is a sum, not what is added: an estate that is larger than it
// would be collecting all the time.
const spareHeap = 48 << 20

// Process gives the surroundings of this process.
func Process() Surroundings {
	in, out := int(os.Stdin.Fd()), int(os.Stdout.Fd())
	s := Surroundings{
		Args: os.Args[1:], Stdin: os.Stdin, Stdout: os.Stdout, Stderr: os.Stderr,
		Getenv: os.Getenv, Now: time.Now,
		StdinTerminal: term.IsTerminal(in), StdoutTerminal: term.IsTerminal(out),
		spare: make([]byte, spareHeap),
	}
	if s.StdoutTerminal {
		if columns, _, err := term.GetSize(out); err == nil {
			s.Columns = columns
		}
	}
	return s
}

// program is one run.
type program struct {
	Surroundings
	status int // what the run comes to when nothing goes wrong any more
}

// output is standard output. It keeps why it took no more, which is told in one
// way for all commands.
type output struct {
	w   io.Writer
	err error
}

// Write writes to standard output; after an error it writes nothing.
func (o *output) Write(b []byte) (int, error) {
	if o.err != nil {
		return 0, o.err
	}
	n, err := o.w.Write(b)
	if err != nil {
		var path *fs.PathError
		if errors.As(err, &path) {
			err = path.Err // its name is /dev/stdout
		}
		o.err = fmt.Errorf("writing to standard output: %w: what is there is not whole", err)
	}
	return n, o.err
}

// Main runs the program and gives its exit status.
func Main(s Surroundings) int {
	out := &output{w: s.Stdout}
	s.Stdout = out
	p := &program{Surroundings: s}
	root := p.root()
	root.SetArgs(append([]string{}, s.Args...)) // without arguments cobra would take those of the process
	err := root.Execute()
	if out.err != nil {
		err = out.err // whatever the command calls what it was writing
	}
	var misuse *usageError
	switch {
	case err == nil:
		return p.status
	case errors.Is(err, syscall.EPIPE), errors.Is(err, io.ErrClosedPipe):
		return failed // the reader has gone and wants to hear no more
	case errors.As(err, &misuse):
		p.say(err.Error())
		return misused
	}
	p.say(err.Error())
	return failed
}

// say writes one line about a problem. Whatever is in it, it holds no secret.
func (p *program) say(line string) {
	fmt.Fprintln(p.Stderr, "assumewhy: "+render.Visible(clean(line)))
}

// fault says what could not be read or done; the run goes on and ends as
// failed.
func (p *program) fault(err error) {
	p.say(err.Error())
	p.status = failed
}
