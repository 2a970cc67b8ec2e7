package main

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"compress/gzip"
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

var (
	at      = time.Unix(1_790_000_001, 0).UTC()
	members = []member{
		{"README.md", 0o644, []byte("read me\n")},
		{"LICENSE", 0o644, bytes.Repeat([]byte("terms "), 1000)},
		{"assumewhy", 0o755, []byte("\x7fELF")},
	}
)

func packed(t *testing.T, name string, members []member) []byte {
	t.Helper()
	name = filepath.Join(t.TempDir(), name)
	if err := write(name, "assumewhy_1.2.3_linux_amd64", members, at); err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// TestSameBytes: an archive depends on names, modes, bytes and time alone, not
// on the order of the members or the moment of packing.
func TestSameBytes(t *testing.T) {
	for _, name := range []string{"a.tar.gz", "a.zip"} {
		first := packed(t, name, members)
		turned := slices.Clone(members)
		slices.Reverse(turned)
		if !bytes.Equal(first, packed(t, name, turned)) {
			t.Errorf("%s: the order of the members counts", name)
		}
		if members[0].name != "README.md" {
			t.Errorf("%s: packing sorts the caller's members", name)
		}
		changed := slices.Clone(members)
		changed[1].mode = 0o600
		if bytes.Equal(first, packed(t, name, changed)) {
			t.Errorf("%s: modes do not count", name)
		}
	}
}

func TestTarball(t *testing.T) {
	z, err := gzip.NewReader(bytes.NewReader(packed(t, "a.tar.gz", members)))
	if err != nil {
		t.Fatal(err)
	}
	if !z.ModTime.IsZero() || z.Name != "" {
		t.Errorf("gzip header: %v %q", z.ModTime, z.Name)
	}
	r, got := tar.NewReader(z), []string{}
	for {
		h, err := r.Next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		if h.Uid != 0 || h.Gid != 0 || h.Uname != "" || h.Gname != "" || !h.ModTime.Equal(at) {
			t.Errorf("%s: %+v", h.Name, h)
		}
		got = append(got, h.FileInfo().Mode().String()+" "+h.Name)
	}
	want := []string{
		"-rw-r--r-- assumewhy_1.2.3_linux_amd64/LICENSE",
		"-rw-r--r-- assumewhy_1.2.3_linux_amd64/README.md",
		"-rwxr-xr-x assumewhy_1.2.3_linux_amd64/assumewhy",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestZipped(t *testing.T) {
	data := packed(t, "a.zip", members)
	r, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	if len(r.File) != len(members) {
		t.Fatalf("%d members", len(r.File))
	}
	for _, f := range r.File {
		i := slices.IndexFunc(members, func(m member) bool { return strings.HasSuffix(f.Name, "/"+m.name) })
		if i < 0 || f.Mode() != os.FileMode(members[i].mode) || !f.Modified.Equal(at) {
			t.Fatalf("%s: %v %v", f.Name, f.Mode(), f.Modified)
		}
		open, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(open)
		if err != nil || !bytes.Equal(text, members[i].data) {
			t.Errorf("%s: %v, %d bytes", f.Name, err, len(text))
		}
	}
}

// TestChecksums: the file is sorted, names no folders, and sha256sum accepts it
// until an archive is changed.
func TestChecksums(t *testing.T) {
	dir := t.TempDir()
	b, a := filepath.Join(dir, "b.zip"), filepath.Join(dir, "a.tar.gz")
	for _, name := range []string{b, a} {
		if err := write(name, "x", members, at); err != nil {
			t.Fatal(err)
		}
	}
	sums := filepath.Join(dir, "SHA256SUMS")
	if err := checksums(sums, []string{b, a}); err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(sums)
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(string(text), "\n")
	if len(lines) != 3 || !strings.HasSuffix(lines[0], "  a.tar.gz") || !strings.HasSuffix(lines[1], "  b.zip") || len(lines[0]) != 64+2+len("a.tar.gz") {
		t.Errorf("%q", text)
	}
	check := func() error {
		cmd := exec.Command("sha256sum", "-c", "SHA256SUMS")
		cmd.Dir = dir
		return cmd.Run()
	}
	if _, err := exec.LookPath("sha256sum"); err != nil {
		t.Skip("no sha256sum here")
	}
	if err := check(); err != nil {
		t.Errorf("sha256sum -c: %v", err)
	}
	if err := write(b, "x", members[:1], at); err != nil {
		t.Fatal(err)
	}
	if check() == nil {
		t.Error("sha256sum accepts an archive that was changed")
	}
	if checksums(sums, []string{filepath.Join(dir, "gone")}) == nil {
		t.Error("the sum of a file that is not there")
	}
}
