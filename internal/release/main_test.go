package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

func TestTime(t *testing.T) {
	for _, test := range []struct {
		seconds string
		want    time.Time // the zero time: refused
	}{
		{"1790000000", time.Unix(1_790_000_000, 0).UTC()},
		{"0", time.Date(1980, 1, 1, 0, 0, 0, 0, time.UTC)}, // a zip knows none before
		{"", time.Time{}},
		{"-1", time.Time{}},
		{"today", time.Time{}},
	} {
		var r release
		if err := r.at(test.seconds); (err != nil) != test.want.IsZero() || !r.time.Equal(test.want) {
			t.Errorf("%q: %v, %v", test.seconds, r.time, err)
		}
	}
}

func TestNames(t *testing.T) {
	r := release{version: "v1.2.3"}
	seen := map[string]bool{}
	for _, target := range targets {
		seen[r.name(target)+target.suffix()] = true
	}
	for _, want := range []string{
		"assumewhy_1.2.3_linux_amd64.tar.gz", "assumewhy_1.2.3_linux_arm64.tar.gz",
		"assumewhy_1.2.3_darwin_amd64.tar.gz", "assumewhy_1.2.3_darwin_arm64.tar.gz",
		"assumewhy_1.2.3_windows_amd64.zip", "assumewhy_1.2.3_windows_arm64.zip",
	} {
		if !seen[want] {
			t.Errorf("no %s", want)
		}
	}
	if len(seen) != 6 {
		t.Errorf("%d archives", len(seen))
	}
	for _, version := range []string{"", "a/b", `a\b`, "a b"} {
		if err := (&release{version: version, out: t.TempDir()}).make(); err == nil || !strings.Contains(err.Error(), "-version") {
			t.Errorf("version %q: %v", version, err)
		}
	}
}

// TestClean: an earlier release goes, anybody else's file stays.
func TestClean(t *testing.T) {
	r := release{out: filepath.Join(t.TempDir(), "dist")}
	put := func(name string) string {
		file := filepath.Join(r.out, name)
		if err := os.WriteFile(file, nil, 0o600); err != nil {
			t.Fatal(err)
		}
		return file
	}
	if err := r.clean(); err != nil {
		t.Fatal(err)
	}
	old := []string{put("SHA256SUMS"), put("assumewhy_0.1.0_linux_amd64.tar.gz")}
	if err := r.clean(); err != nil {
		t.Fatal(err)
	}
	for _, file := range old {
		if _, err := os.Stat(file); !os.IsNotExist(err) {
			t.Errorf("%s is still there", file)
		}
	}
	notes := put("notes.txt")
	if err := r.clean(); err == nil || !strings.Contains(err.Error(), "notes.txt") {
		t.Errorf("a folder with other files: %v", err)
	}
	if _, err := os.Stat(notes); err != nil {
		t.Error("somebody's file was removed")
	}
}
