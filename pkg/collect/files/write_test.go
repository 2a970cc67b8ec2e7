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
	put(t, w, names...)
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
}

func put(t *testing.T, w *files.Writer, names ...string) {
	t.Helper()
	for _, name := range names {
		if err := w.Put(name, []byte(`{"of":"`+name+`"}`)); err != nil {
			t.Fatal(err)
		}
	}
}

// place makes files, with the folders above them; what they hold is their name.
func place(t *testing.T, dir string, names ...string) {
	t.Helper()
	for _, name := range names {
		file := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(name), 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

// TestWriter: a second run leaves nothing of the first, but history; the files
// are this user's alone.
func TestWriter(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "new", "estate")
	write(t, dir, "organization.json", "accounts/111122223333/authorization-details.json", "accounts/111122223333/vpc-endpoints.json", "accounts/222233334444/authorization-details.json", "estate.json")
	place(t, dir, "history/a.json", "accounts/222233334444/notes.txt")
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

// TestWriterUnfinished: what was begun and not ended leaves the earlier estate as
// it was, and no trace; nor does a folder stay that was made for it.
func TestWriterUnfinished(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, "organization.json", "accounts/111122223333/authorization-details.json", "estate.json")
	before := tree(t, dir)
	write(t, dir, "organization.json", "accounts/222233334444/authorization-details.json")
	if diff := cmp.Diff(before, tree(t, dir)); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
	write(t, filepath.Join(dir, "history", "new", "estate"), "organization.json")
	if entries, err := os.ReadDir(dir); err != nil || len(entries) != 3 {
		t.Errorf("%v %v", entries, err)
	}
}

// TestWriterKilled: the next run puts right what a killed one has left, wherever
// that was: the earlier estate is whole again, or the new one is.
func TestWriterKilled(t *testing.T) {
	const details = "accounts/111122223333/authorization-details.json"
	for name, c := range map[string]struct{ left, want []string }{
		"while it read": {
			[]string{"estate.json", details, ".assumewhy-new-1/organization.json"},
			[]string{details, "estate.json"},
		},
		"while the earlier went": {
			[]string{".assumewhy-going/estate.json", details, ".assumewhy-new-1/estate.json", ".assumewhy-new-1/" + details},
			[]string{details, "estate.json"},
		},
		"while the new came": {
			[]string{".assumewhy-gone/estate.json", ".assumewhy-gone/" + details, "organization.json", "accounts/222233334444/vpc-endpoints.json"},
			[]string{details, "estate.json"},
		},
		"while it tidied up": {
			[]string{".assumewhy-gone/" + details, ".assumewhy-gone/accounts/111122223333/notes.txt", "estate.json", "accounts/222233334444/vpc-endpoints.json"},
			[]string{"accounts/111122223333/notes.txt", "accounts/222233334444/vpc-endpoints.json", "estate.json"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			place(t, dir, c.left...)
			write(t, dir)
			if diff := cmp.Diff(c.want, tree(t, dir)); diff != "" {
				t.Errorf("-want +got\n%s", diff)
			}
			write(t, dir, "estate.json")
			for _, name := range tree(t, dir) {
				if name != "estate.json" && !strings.HasSuffix(name, "notes.txt") {
					t.Errorf("%s is left", name)
				}
			}
		})
	}
}

// TestWriterLinks: what links lead to is neither written nor removed.
func TestWriterLinks(t *testing.T) {
	const account = "accounts/999999999999"
	for _, name := range []string{"accounts", account, account + "/authorization-details.json", "organization.json", "estate.json"} {
		outside, dir := t.TempDir(), t.TempDir()
		to := filepath.Join(outside, "organization.json")
		switch name {
		case "accounts":
			place(t, outside, "999999999999/authorization-details.json")
			to = outside
		case account:
			place(t, outside, "authorization-details.json")
			to = outside
		default:
			place(t, outside, "organization.json")
		}
		before := tree(t, outside)
		place(t, dir, filepath.Join(filepath.Dir(name), "notes.txt"))
		if filepath.Dir(name) == "." {
			_ = os.Remove(filepath.Join(dir, "notes.txt"))
		}
		if err := os.Symlink(to, filepath.Join(dir, name)); err != nil {
			t.Skip(err)
		}
		w, err := files.NewWriter(dir)
		if err == nil {
			put(t, w, account+"/authorization-details.json", "estate.json")
		}
		if err == nil || !strings.Contains(err.Error(), "holds "+name+", a symbolic link: remove the link") || strings.Contains(err.Error(), "\n") {
			t.Errorf("%s: %v", name, err)
		}
		if diff := cmp.Diff(before, tree(t, outside)); diff != "" {
			t.Errorf("%s: outside of the directory: %s", name, diff)
		}
	}
}

// TestWriterLate: nor is what a link leads to that comes while the run lasts.
func TestWriterLate(t *testing.T) {
	outside, dir := t.TempDir(), t.TempDir()
	place(t, outside, "authorization-details.json")
	w, err := files.NewWriter(dir)
	if err != nil {
		t.Fatal(err)
	}
	place(t, dir, "accounts/notes.txt")
	if err := os.Symlink(outside, filepath.Join(dir, "accounts", "999999999999")); err != nil {
		t.Skip(err)
	}
	put(t, w, "accounts/111122223333/vpc-endpoints.json", "estate.json")
	if err := w.Close(); err != nil {
		t.Error(err)
	}
	if diff := cmp.Diff([]string{"authorization-details.json"}, tree(t, outside)); diff != "" {
		t.Error(diff)
	}
}

// TestWriterForbidden: it is known before anything is read that the directory
// cannot be written, at whatever depth.
func TestWriterForbidden(t *testing.T) {
	if os.Getuid() <= 0 {
		t.Skip("nothing is forbidden to this user")
	}
	for _, name := range []string{".", "accounts", "accounts/111122223333"} {
		dir := t.TempDir()
		place(t, dir, "estate.json", "accounts/111122223333/authorization-details.json")
		closed := filepath.Join(dir, name)
		if err := os.Chmod(closed, 0o500); err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = os.Chmod(closed, 0o700) })
		_, err := files.NewWriter(dir)
		if err == nil || !strings.Contains(err.Error(), dir) || !strings.HasSuffix(err.Error(), ": permission denied: name a directory that you can write to") {
			t.Errorf("%s: %v", name, err)
		}
		if got := tree(t, dir); len(got) != 2 {
			t.Errorf("%s: %v", name, got)
		}
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
	w, err := files.NewWriter(fresh)
	if err != nil {
		t.Fatal(err)
	}
	put(t, w, "organization.json")
	if err := w.Close(); err != nil {
		t.Error(err)
	}
	if _, err := os.Stat(fresh); err == nil {
		t.Error("a directory is left though nothing was written")
	}
}
