package files

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
)

// manifestName is the file that says what is known of the directory. A directory
// that has it is whole.
const manifestName = "estate.json"

// replaced is what a run writes, in the order in which it goes; it comes in the
// reverse of it.
var replaced = []string{manifestName, "organization.json", "accounts"}

// own begins the names of what a run keeps in the directory while it lasts.
const own = ".assumewhy-"

// Writer writes an estate directory. All of it is written to a folder inside of
// the directory and takes the place of the earlier estate at the end, so that a
// run that ends sooner leaves the earlier one whole. The files can be read by
// this user alone, since they hold policies with their ExternalIds. Nothing
// outside of the directory is touched, whatever links are in it. Not safe for
// concurrent use.
type Writer struct {
	dir    string
	made   []string // folders that were made for it, the innermost first
	root   *os.Root // dir
	folder string   // the run's own, in dir
	into   *os.Root // folder
}

// NewWriter makes ready to write an estate: the directory is made if it is not
// there, and must else be empty or an estate already. What a run that was killed
// has left is put right. The writer must be closed.
func NewWriter(dir string) (*Writer, error) {
	w := &Writer{dir: dir, made: missing(dir)}
	if err := w.open(); err != nil {
		_ = w.Close()
		return nil, err
	}
	return w, nil
}

// missing are the folders of a path that are not there, the innermost first.
func missing(dir string) []string {
	var all []string
	for dir = filepath.Clean(dir); !exists(dir); dir = filepath.Dir(dir) {
		if all = append(all, dir); dir == filepath.Dir(dir) {
			break
		}
	}
	return all
}

func (w *Writer) open() error {
	if err := os.MkdirAll(w.dir, 0o700); err != nil {
		return w.fail("", err)
	}
	var err error
	if w.root, err = os.OpenRoot(w.dir); err != nil {
		return w.fail("", err)
	}
	entries, err := fs.ReadDir(w.root.FS(), ".")
	if err != nil {
		return w.fail("", err)
	}
	var left []string // by runs that were killed
	for _, e := range entries {
		switch name := e.Name(); {
		case strings.HasPrefix(name, own+"new-"):
			left = append(left, name)
		case !slices.Contains(append(replaced, "history"), name) && !strings.HasPrefix(name, "."):
			return w.refuse(name, "which is not of an estate: name a new directory")
		}
	}
	if err := w.restore(); err != nil {
		return w.fail("", err)
	}
	for _, name := range left {
		if err := w.root.RemoveAll(name); err != nil {
			return w.fail(name, err)
		}
	}
	if err := w.check(); err != nil {
		return err
	}
	folder, err := os.MkdirTemp(w.dir, own+"new-*") // of this user alone
	if err != nil {
		return w.fail("", err)
	}
	w.folder = filepath.Base(folder)
	if w.into, err = w.root.OpenRoot(w.folder); err != nil {
		return w.fail(w.folder, err)
	}
	return nil
}

// Put writes one file, by its slash-separated name in the directory. estate.json
// ends the writing: what an earlier run has written is replaced; history and
// what no run has written stay.
func (w *Writer) Put(name string, data []byte) error {
	if err := w.put(name, data); err != nil {
		return w.fail(name, err)
	}
	if name != manifestName {
		return nil
	}
	if err := w.swap(); err != nil {
		return w.fail("", err)
	}
	w.made = nil
	return nil
}

func (w *Writer) put(name string, data []byte) (err error) {
	if err := w.into.MkdirAll(path.Dir(name), 0o700); err != nil {
		return err
	}
	f, err := w.into.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	if _, err := f.Write(data); err != nil {
		return err
	}
	return f.Sync()
}

// Close ends the writing. Without estate.json nothing of it stays.
func (w *Writer) Close() error {
	var errs []error
	if w.into != nil {
		_ = w.into.Close() // a folder: nothing is lost
	}
	if w.root != nil {
		if w.folder != "" {
			errs = append(errs, w.root.RemoveAll(w.folder))
		}
		_ = w.root.Close()
	}
	for _, dir := range w.made {
		if os.Remove(dir) != nil {
			break // never made, or another has put something there
		}
	}
	if err := errors.Join(errs...); err != nil {
		return w.fail(w.folder, err)
	}
	return nil
}

// fail is an error of the file system, in one line that says what to do.
func (w *Writer) fail(name string, err error) error {
	at := w.dir
	if name != "" {
		at += ": " + printable(name)
	}
	var link *os.LinkError
	if errors.As(err, &link) {
		err = link.Err
	}
	do := "name a directory that you can write to"
	switch {
	case errors.Is(err, syscall.ENOSPC):
		do = "make room there or name a directory that has it"
	case errors.Is(err, fs.ErrNotExist) && w.into != nil:
		do = "let one run at a time write there"
	}
	return fmt.Errorf("writing estate %s: %w: %s", at, cause(err), do)
}
