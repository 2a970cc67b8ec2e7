package cli

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/spf13/pflag"

	"github.com/assumewhy/assumewhy/pkg/collect/files"
	"github.com/assumewhy/assumewhy/pkg/estate"
)

// stdinName is how standard input is called in what the program says.
const stdinName = "standard input"

// open opens a file that is to be read, or standard input for "-", and gives
// the name to show for it. hint is what to do when it is a directory.
func (p *program) open(name, hint string) (io.ReadCloser, string, error) {
	if name == "-" {
		return io.NopCloser(p.Stdin), stdinName, nil
	}
	f, err := os.Open(name)
	name = withoutSecrets(name)
	if err != nil {
		return nil, name, fmt.Errorf("reading %s: %w: %s", name, nameless(err), advice(err))
	}
	if info, err := f.Stat(); err == nil && info.IsDir() {
		_ = f.Close()
		return nil, name, fmt.Errorf("reading %s: it is a directory: %s", name, hint)
	}
	return f, name, nil
}

// advice is what to do about a file that cannot be opened.
func advice(err error) string {
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return "check the name"
	case errors.Is(err, fs.ErrPermission):
		return "give this user the right to read it"
	}
	return "check the file"
}

// estateFlag is --estate.
type estateFlag struct {
	dir   string
	flags *pflag.FlagSet
}

func (e *estateFlag) register(f *pflag.FlagSet) {
	e.flags = f
	f.StringVar(&e.dir, "estate", "", "`DIR` with the policies of the accounts; without it none is known")
}

// open reads the estate directory. Without the flag it is an estate of which
// nothing is known.
func (e *estateFlag) open() (*estate.Estate, error) {
	if !e.flags.Changed("estate") {
		return &estate.Estate{}, nil
	}
	source, err := files.Open(e.dir)
	if err != nil {
		return nil, err
	}
	return source.Estate(), nil
}

// findings tells what of the estate could not be read, of the files that were
// looked at.
func (p *program) findings(dir string, e *estate.Estate) (found bool) {
	for _, f := range e.Findings() {
		f.File = filepath.Join(dir, f.File)
		p.say(f.String())
		found = true
	}
	return found
}
