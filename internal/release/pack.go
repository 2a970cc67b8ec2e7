package main

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"compress/flate"
	"compress/gzip"
	"crypto/sha256"
	"fmt"
	"io"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// member is one file of an archive.
type member struct {
	name string
	mode int64 // Unix permissions
	data []byte
}

// suffix is the form of a target's archive: what its users can open without
// further tools.
func (t target) suffix() string {
	if t.os == "windows" {
		return ".zip"
	}
	return ".tar.gz"
}

// write packs members into the archive of that name, in the folder dir of it.
func write(name, dir string, members []member, at time.Time) error {
	pack := tarball
	if strings.HasSuffix(name, ".zip") {
		pack = zipped
	}
	members = slices.SortedFunc(slices.Values(members), func(a, b member) int { return strings.Compare(a.name, b.name) })
	var b bytes.Buffer
	if err := pack(&b, dir, members, at); err != nil {
		return fmt.Errorf("pack %s: %w", name, err)
	}
	if err := os.WriteFile(name, b.Bytes(), 0o644); err != nil {
		return fmt.Errorf("write an archive: %w", err)
	}
	return nil
}

// tarball writes a gzip compressed tar whose members belong to nobody.
func tarball(w io.Writer, dir string, members []member, at time.Time) error {
	z, err := gzip.NewWriterLevel(w, gzip.BestCompression)
	if err != nil {
		return err
	}
	t := tar.NewWriter(z)
	for _, m := range members {
		h := &tar.Header{
			Typeflag: tar.TypeReg, Name: path.Join(dir, m.name), Mode: m.mode,
			Size: int64(len(m.data)), ModTime: at, Format: tar.FormatUSTAR,
		}
		if err := t.WriteHeader(h); err != nil {
			return err
		}
		if _, err := t.Write(m.data); err != nil {
			return err
		}
	}
	if err := t.Close(); err != nil {
		return err
	}
	return z.Close()
}

// zipped writes a zip.
func zipped(w io.Writer, dir string, members []member, at time.Time) error {
	z := zip.NewWriter(w)
	z.RegisterCompressor(zip.Deflate, func(w io.Writer) (io.WriteCloser, error) { return flate.NewWriter(w, flate.BestCompression) })
	for _, m := range members {
		h := &zip.FileHeader{Name: path.Join(dir, m.name), Method: zip.Deflate, Modified: at}
		h.SetMode(os.FileMode(m.mode))
		f, err := z.CreateHeader(h)
		if err != nil {
			return err
		}
		if _, err := f.Write(m.data); err != nil {
			return err
		}
	}
	return z.Close()
}

// checksums writes a line for each file, as sha256sum does.
func checksums(name string, files []string) error {
	var b strings.Builder
	for _, file := range slices.Sorted(slices.Values(files)) {
		data, err := os.ReadFile(file)
		if err != nil {
			return fmt.Errorf("read an archive: %w", err)
		}
		fmt.Fprintf(&b, "%x  %s\n", sha256.Sum256(data), filepath.Base(file))
	}
	if err := os.WriteFile(name, []byte(b.String()), 0o644); err != nil {
		return fmt.Errorf("write the checksums: %w", err)
	}
	return nil
}
