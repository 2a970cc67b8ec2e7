package files

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"slices"
	"strings"

	"github.com/assumewhy/assumewhy/pkg/estate"
)

// check says whether the earlier estate can be replaced, before hours of reading.
func (w *Writer) check() error {
	for _, name := range replaced {
		info, err := w.root.Lstat(name)
		switch {
		case errors.Is(err, fs.ErrNotExist):
			continue
		case err != nil:
			return w.fail(name, err)
		}
		if err := w.replaceable(name, info.Mode()); err != nil {
			return err
		}
		err = fs.WalkDir(w.root.FS(), name, func(name string, e fs.DirEntry, err error) error {
			if err != nil {
				return w.fail(name, err)
			}
			return w.replaceable(name, e.Type())
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// replaceable says whether a run may replace what it finds under a name. Links
// are refused: it is not known what else uses what they lead to.
func (w *Writer) replaceable(name string, mode fs.FileMode) error {
	folder := name == "accounts" || path.Dir(name) == "accounts" && accountID.MatchString(path.Base(name))
	switch {
	case mode&fs.ModeSymlink != 0:
		return w.refuse(name, "a symbolic link: remove the link or name a new directory")
	case folder && !mode.IsDir(), ofRun(name) && !mode.IsRegular():
		return w.refuse(name, "which is not of an estate: name a new directory")
	case !mode.IsDir():
		return nil
	}
	probe := path.Join(name, own+"probe")
	f, err := w.root.OpenFile(probe, os.O_WRONLY|os.O_CREATE, 0o600)
	if err != nil {
		return w.fail(name, err)
	}
	_ = f.Close()
	if err := w.root.Remove(probe); err != nil {
		return w.fail(name, err)
	}
	return nil
}

// ofRun says whether a run writes a file of this slash-separated name.
func ofRun(name string) bool {
	if strings.HasPrefix(path.Base(name), own) || name == manifestName || name == "organization.json" {
		return true
	}
	folder, file := path.Split(name)
	above, id := path.Split(path.Clean(folder))
	if above != "accounts/" || !accountID.MatchString(id) {
		return false
	}
	return slices.ContainsFunc([]estate.Part{estate.Details, estate.IdentityProviders, estate.Endpoints}, func(part estate.Part) bool {
		return estate.FileName(part) == file
	})
}

func (w *Writer) refuse(name, why string) error {
	return fmt.Errorf("writing estate %s: it holds %s, %s", w.dir, printable(name), why)
}
