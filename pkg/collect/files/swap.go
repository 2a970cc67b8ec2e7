package files

import (
	"errors"
	"io/fs"
	"path"
	"slices"
)

// Where the earlier estate is while the new one takes its place. A name says how
// far that is, so that the next run can put right what a killed one has left.
const (
	going = own + "going" // on its way out: nothing of the new one has come
	gone  = own + "gone"  // all of it is out: what is in its place is new
)

// swap puts the new estate in the place of the earlier one, which comes back if
// that does not work.
func (w *Writer) swap() error {
	_ = w.into.Close() // a folder: nothing is lost
	if err := w.exchange(); err != nil {
		return errors.Join(err, w.restore())
	}
	return w.retire()
}

func (w *Writer) exchange() error {
	if err := w.root.Mkdir(going, 0o700); err != nil {
		return err
	}
	for _, name := range replaced {
		if err := w.move(name, path.Join(going, name)); err != nil {
			return err
		}
	}
	if err := w.root.Rename(going, gone); err != nil {
		return err
	}
	for _, name := range slices.Backward(replaced) {
		if err := w.move(path.Join(w.folder, name), name); err != nil {
			return err
		}
	}
	return nil
}

// move renames what is there; what is not is no error.
func (w *Writer) move(from, to string) error {
	if _, err := w.root.Lstat(from); errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return w.root.Rename(from, to)
}

// restore puts the earlier estate back where a swap has not come to its end, and
// ends one that had only to tidy up.
func (w *Writer) restore() error {
	if w.has(gone) {
		if w.has(manifestName) {
			return w.retire()
		}
		for _, name := range replaced {
			if err := w.root.RemoveAll(name); err != nil {
				return err
			}
		}
		if err := w.root.Rename(gone, going); err != nil {
			return err
		}
	}
	if !w.has(going) {
		return nil
	}
	for _, name := range slices.Backward(replaced) {
		if err := w.move(path.Join(going, name), name); err != nil {
			return err
		}
	}
	return w.root.Remove(going)
}

// retire takes what no run has written over into the new estate, and removes
// the rest of the earlier one.
func (w *Writer) retire() error {
	if w.has(path.Join(gone, "accounts")) {
		old, err := fs.Sub(w.root.FS(), gone)
		if err != nil {
			return err
		}
		err = fs.WalkDir(old, "accounts", func(name string, e fs.DirEntry, err error) error {
			if err != nil || e.IsDir() || ofRun(name) {
				return err
			}
			if err := w.root.MkdirAll(path.Dir(name), 0o700); err != nil {
				return err
			}
			return w.root.Rename(path.Join(gone, name), name)
		})
		if err != nil {
			return err
		}
	}
	return w.root.RemoveAll(gone)
}

func (w *Writer) has(name string) bool {
	_, err := w.root.Lstat(name)
	return err == nil
}
