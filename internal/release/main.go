// Command release builds the command line for every platform that it is released
// for and packs it, with README, LICENSE and CHANGELOG, into archives: tar.gz,
// and zip for Windows. It writes SHA256SUMS beside them, in the form that
// sha256sum -c reads.
//
// The same sources, version and Go give the same bytes on every machine: no
// paths, no build time, no cgo; members are sorted, belong to nobody, and carry
// the time that is given. It needs Go and nothing else, and it must run in the
// repository's root.
package main

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"time"
)

// target is a platform, in Go's words.
type target struct{ os, arch string }

// targets are the platforms that there are archives for.
var targets = []target{
	{"linux", "amd64"},
	{"linux", "arm64"},
	{"darwin", "amd64"},
	{"darwin", "arm64"},
	{"windows", "amd64"},
	{"windows", "arm64"},
}

// documents go into every archive.
var documents = []string{"README.md", "LICENSE", "CHANGELOG.md"}

// release is what to build, and of what.
type release struct {
	out     string    // folder for the archives
	version string    // of the program; in the names of the archives
	ldflags string    // for the linker: version, commit, no symbols
	time    time.Time // of each member
}

func main() {
	var r release
	seconds := flag.String("time", "", "seconds since 1970: the time of each member, as SOURCE_DATE_EPOCH has it")
	flag.StringVar(&r.out, "out", "dist", "folder for the archives")
	flag.StringVar(&r.version, "version", "", "version of the program")
	flag.StringVar(&r.ldflags, "ldflags", "", "flags for the linker")
	flag.Parse()
	err := r.at(*seconds)
	if err == nil {
		err = r.make()
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "release:", err)
		os.Exit(1)
	}
}

// at sets the time. A zip's times begin in 1980.
func (r *release) at(seconds string) error {
	n, err := strconv.ParseInt(seconds, 10, 64)
	if err != nil || n < 0 {
		return fmt.Errorf("-time %q is no number of seconds: give SOURCE_DATE_EPOCH or the commit's time", seconds)
	}
	r.time = time.Unix(n, 0).UTC()
	if first := time.Date(1980, 1, 1, 0, 0, 0, 0, time.UTC); r.time.Before(first) {
		r.time = first
	}
	return nil
}

// make builds and packs for all targets into a folder that holds nothing else
// afterwards.
func (r *release) make() error {
	if r.version == "" || strings.ContainsAny(r.version, `/\ `) {
		return fmt.Errorf("-version %q cannot be part of a file's name", r.version)
	}
	texts, err := read(documents)
	if err != nil {
		return err
	}
	if err := r.clean(); err != nil {
		return err
	}
	work, err := os.MkdirTemp("", "release")
	if err != nil {
		return fmt.Errorf("make a folder to build in: %w", err)
	}
	defer func() { _ = os.RemoveAll(work) }() // scratch space: nothing is lost
	var archives []string
	for _, t := range targets {
		program, err := r.build(t, work)
		if err != nil {
			return err
		}
		name := filepath.Join(r.out, r.name(t)+t.suffix())
		if err := write(name, r.name(t), append(texts[:len(texts):len(texts)], program), r.time); err != nil {
			return err
		}
		fmt.Println(name)
		archives = append(archives, name)
	}
	return checksums(filepath.Join(r.out, "SHA256SUMS"), archives)
}

// clean removes what an earlier release left, and refuses a folder that holds
// anything else.
func (r *release) clean() error {
	if err := os.MkdirAll(r.out, 0o755); err != nil {
		return fmt.Errorf("make %s: %w", r.out, err)
	}
	entries, err := os.ReadDir(r.out)
	if err != nil {
		return fmt.Errorf("look into %s: %w", r.out, err)
	}
	for _, e := range entries {
		if e.Name() != "SHA256SUMS" && !strings.HasPrefix(e.Name(), "assumewhy_") {
			return fmt.Errorf("%s holds %s, which is no release: name another folder", r.out, e.Name())
		}
		if err := os.Remove(filepath.Join(r.out, e.Name())); err != nil {
			return fmt.Errorf("remove an earlier release: %w", err)
		}
	}
	return nil
}

// name is the name of an archive without its suffix, and of the folder in it.
func (r *release) name(t target) string {
	return "assumewhy_" + strings.TrimPrefix(r.version, "v") + "_" + t.os + "_" + t.arch
}

// build makes the program for a target.
func (r *release) build(t target, work string) (member, error) {
	name := "assumewhy"
	if t.os == "windows" {
		name += ".exe"
	}
	file := filepath.Join(work, t.os+"-"+t.arch)
	cmd := exec.Command("go", "build", "-trimpath", "-buildvcs=false", "-ldflags", r.ldflags, "-o", file, "./cmd/assumewhy")
	cmd.Env = append(os.Environ(), "CGO_ENABLED=0", "GOOS="+t.os, "GOARCH="+t.arch, "GOFLAGS=", "GOAMD64=v1", "GOARM64=v8.0")
	if out, err := cmd.CombinedOutput(); err != nil {
		return member{}, errors.Join(fmt.Errorf("build for %s/%s: %w", t.os, t.arch, err), errors.New(string(out)))
	}
	data, err := os.ReadFile(file)
	if err != nil {
		return member{}, fmt.Errorf("read the program for %s/%s: %w", t.os, t.arch, err)
	}
	return member{name: name, mode: 0o755, data: data}, nil
}

// read takes documents into members.
func read(names []string) ([]member, error) {
	var list []member
	for _, name := range names {
		data, err := os.ReadFile(name)
		if err != nil {
			return nil, fmt.Errorf("read a document of the release: %w", err)
		}
		list = append(list, member{name: name, mode: 0o644, data: data})
	}
	return list, nil
}
