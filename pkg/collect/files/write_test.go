package files_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/assumewhy/assumewhy/pkg/collect/files"
)

// tree lists the files under a directory.
func tree(t *testing.T, dir string) []string {
	t.Helper()
	var all []string
	err := filepath.WalkDir(dir, func(path string, d os.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			name, _ := filepath.Rel(dir, path)
			all = append(all, filepath.ToSlash(name))
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	slices.Sort(all)
	return all
}

func write(t *testing.T, dir string, names ...string) {
	t.Helper()
	w, err := files.NewWriter(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		if err := w.Put(name, []byte(`{"of":"`+name+`"}`)); err != nil {
			t.Fatal(err)
		}
	}
}

// TestWriter: a second run leaves nothing of the first, but history; the files
// are this user's alone.
func TestWriter(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "new", "estate")
	write(t, dir, "organization.json", "accounts/111122223333/authorization-details.json", "accounts/111122223333/vpc-endpoints.json", "accounts/222233334444/authorization-details.json", "estate.json")
	for _, name := range []string{"history/a.json", "accounts/222233334444/notes.txt"} {
		if err := os.MkdirAll(filepath.Dir(filepath.Join(dir, name)), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, name), nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write(t, dir, "accounts/333344445555/authorization-details.json", "estate.json")
	want := []string{"accounts/222233334444/notes.txt", "accounts/333344445555/authorization-details.json", "estate.json", "history/a.json"}
	if diff := cmp.Diff(want, tree(t, dir)); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
	if _, err := os.Stat(filepath.Join(dir, "accounts", "111122223333")); err == nil {
		t.Error("an empty folder is left")
	}
	info, err := os.Stat(filepath.Join(dir, "estate.json"))
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%v %v", info.Mode(), err)
	}
}

// TestWriterUnfinished: what was begun and not ended has no estate.json, and no
// half file.
func TestWriterUnfinished(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, "organization.json", "accounts/111122223333/authorization-details.json", "estate.json")
	write(t, dir, "accounts/222233334444/authorization-details.json")
	want := []string{"accounts/111122223333/authorization-details.json", "accounts/222233334444/authorization-details.json", "organization.json"}
	if diff := cmp.Diff(want, tree(t, dir)); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
}

// TestWriterRefuses: what is no estate is not written into, nor changed.
func TestWriterRefuses(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "thesis.txt")
	if err := os.WriteFile(file, []byte("x"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{dir, file} {
		if _, err := files.NewWriter(name); err == nil || strings.Contains(err.Error(), "\n") || !strings.Contains(err.Error(), ": name a") {
			t.Errorf("%s: %v", name, err)
		}
	}
	if diff := cmp.Diff([]string{"thesis.txt"}, tree(t, dir)); diff != "" {
		t.Error(diff)
	}
	fresh := filepath.Join(dir, "sub")
	if _, err := files.NewWriter(fresh); err != nil {
		t.Error(err)
	}
	if _, err := os.Stat(fresh); err == nil {
		t.Error("a directory was made before anything was written")
	}
}
