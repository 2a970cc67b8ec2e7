package trail

import (
	"compress/flate"
	"compress/gzip"
	"errors"
	"io"
)

// A zipError is damage of gzip data, in words.
type zipError struct {
	text string
	err  error // as package gzip has it
}

func (e *zipError) Error() string { return e.text }
func (e *zipError) Unwrap() error { return e.err }

// An unzipper reads gzip data. Of damage it says what to copy again; errors of
// the reader behind it stay as they are.
type unzipper struct {
	z    *gzip.Reader
	what string // "file", "event"
}

// unzip begins to read the gzip data of r.
func unzip(r io.Reader, what string) (io.Reader, error) {
	z, err := gzip.NewReader(r)
	if errors.Is(err, io.EOF) {
		err = io.ErrUnexpectedEOF
	}
	if err != nil {
		return nil, damage(err, what)
	}
	return &unzipper{z: z, what: what}, nil
}

func (u *unzipper) Read(p []byte) (int, error) {
	n, err := u.z.Read(p)
	return n, damage(err, u.what)
}

// damage is err in words, where the data is at fault.
func damage(err error, what string) error {
	var corrupt flate.CorruptInputError
	switch {
	case errors.Is(err, io.ErrUnexpectedEOF):
		return &zipError{"the gzip data ends early: copy the " + what + " again", err}
	case errors.Is(err, gzip.ErrHeader):
		return &zipError{"this is no gzip data: copy the " + what + " again", err}
	case errors.Is(err, gzip.ErrChecksum), errors.As(err, &corrupt):
		return &zipError{"the gzip data is damaged: copy the " + what + " again", err}
	}
	return err
}
