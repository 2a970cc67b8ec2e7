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

	"github.com/assumewhy/assumewhy/pkg/estate"
)

// manifestName is the file that says what is known of the directory: the first
// to go and the last to come, so that a directory which has it is whole.
const manifestName = "estate.json"

// Writer writes an estate directory. Each file is written beside its place and
// then moved there, so that none is ever half written; they can be read by this
// user alone, since they hold policies with their ExternalIds. Not safe for
// concurrent use.
type Writer struct {
	dir     string
	written []string
	begun   bool
}

// NewWriter says whether an estate can be written to a directory: one that is
// there must be empty or an estate already. Nothing is changed yet.
func NewWriter(dir string) (*Writer, error) {
	entries, err := os.ReadDir(dir)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return &Writer{dir: dir}, nil
	case err != nil:
		return nil, fmt.Errorf("writing estate %s: %w: name a directory", dir, cause(err))
	}
	for _, e := range entries {
		name := e.Name()
		if !slices.Contains([]string{manifestName, "organization.json", "accounts", "history"}, name) && !strings.HasPrefix(name, ".") {
			return nil, fmt.Errorf("writing estate %s: it holds %s, which is not of an estate: name a new directory", dir, printable(name))
		}
	}
	return &Writer{dir: dir}, nil
}

// Put writes one file, by its slash-separated name in the directory. The first
// takes the directory's estate.json away, estate.json itself ends the writing:
// what an earlier run has written and this one has not is removed, history
// aside.
func (w *Writer) Put(name string, data []byte) error {
	if err := w.begin(); err != nil {
		return err
	}
	if name == manifestName {
		if err := w.clear(); err != nil {
			return err
		}
	}
	if err := w.put(name, data); err != nil {
		return fmt.Errorf("writing estate %s: %s: %w", w.dir, name, cause(err))
	}
	w.written = append(w.written, name)
	return nil
}

func (w *Writer) begin() error {
	if w.begun {
		return nil
	}
	w.begun = true
	if err := os.MkdirAll(w.dir, 0o700); err != nil {
		return fmt.Errorf("writing estate %s: %w", w.dir, cause(err))
	}
	if err := os.Remove(filepath.Join(w.dir, manifestName)); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("writing estate %s: %w", w.dir, cause(err))
	}
	return nil
}

func (w *Writer) put(name string, data []byte) (err error) {
	to := filepath.Join(w.dir, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(to), 0o700); err != nil {
		return err
	}
	f, err := os.CreateTemp(filepath.Dir(to), ".assumewhy-*") // readable by this user alone
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			_ = f.Close()
			_ = os.Remove(f.Name())
		}
	}()
	if _, err := f.Write(data); err != nil {
		return err
	}
	if err := f.Sync(); err != nil {
		return err
	}
	if err := f.Close(); err != nil {
		return err
	}
	return os.Rename(f.Name(), to)
}

// clear removes what is not of this run: only files that a run writes.
func (w *Writer) clear() error {
	old := []string{"organization.json"}
	entries, err := os.ReadDir(filepath.Join(w.dir, "accounts"))
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("writing estate %s: accounts: %w", w.dir, cause(err))
	}
	for _, e := range entries {
		if !accountID.MatchString(e.Name()) {
			continue
		}
		for _, part := range []estate.Part{estate.Details, estate.IdentityProviders, estate.Endpoints} {
			old = append(old, path.Join("accounts", e.Name(), estate.FileName(part)))
		}
	}
	for _, name := range old {
		if slices.Contains(w.written, name) {
			continue
		}
		if err := os.Remove(filepath.Join(w.dir, filepath.FromSlash(name))); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return fmt.Errorf("writing estate %s: removing %s: %w", w.dir, name, cause(err))
		}
	}
	for _, e := range entries {
		_ = os.Remove(filepath.Join(w.dir, "accounts", e.Name())) // a folder that has become empty; others stay
	}
	return nil
}
