// Package files reads an estate directory:
//
//	estate.json                                  what is known of the directory (optional)
//	organization.json                            the organization
//	accounts/<id>/authorization-details.json     aws iam get-account-authorization-details
//	accounts/<id>/identity-providers.json        OIDC and SAML providers
//	accounts/<id>/vpc-endpoints.json             aws ec2 describe-vpc-endpoints
//	history/                                     CloudTrail files; read elsewhere
//
// It looks at files only, never at AWS. An account's files are read when the
// estate is first asked for what they hold, so that a directory of hundreds of
// accounts costs what one question needs. A file that cannot be read becomes a
// finding and a gap; only a directory that is no estate at all is an error.
// Safe for concurrent use.
package files

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"syscall"
	"unicode"

	"github.com/assumewhy/assumewhy/pkg/estate"
	"github.com/assumewhy/assumewhy/pkg/evidence"
)

// MaxSize is how large a file may be, in bytes.
const MaxSize = 256 << 20

// holds is what an estate directory has one of at least.
const holds = "accounts/<account id>/authorization-details.json, organization.json or estate.json"

// Source is an estate directory.
type Source struct {
	dir    string
	estate *estate.Estate
}

// Open looks at the directory and reads estate.json; all else is read on first
// use. It gives an error, one line that says what is expected, when there is
// no such directory or when it holds nothing of an estate.
func Open(dir string) (*Source, error) {
	info, err := os.Stat(dir)
	switch {
	case err != nil:
		return nil, fmt.Errorf("reading estate %s: %w: name a directory that holds %s", dir, cause(err), holds)
	case !info.IsDir():
		return nil, fmt.Errorf("reading estate %s: not a directory: name the directory that holds %s", dir, holds)
	}
	if _, err := os.ReadDir(dir); err != nil {
		return nil, fmt.Errorf("reading estate %s: %w: give this user the right to read it", dir, cause(err))
	}
	found := false
	for _, name := range []string{"accounts", "organization.json", "estate.json", "history"} {
		_, err := os.Lstat(filepath.Join(dir, name))
		found = found || err == nil
	}
	if !found {
		return nil, fmt.Errorf("reading estate %s: nothing of an estate in it: it needs %s", dir, holds)
	}
	s := &Source{dir: dir}
	p := estate.Parts{Source: estate.FromFiles, Manifest: s.read("estate.json"), Organization: s.read("organization.json")}
	s.accounts(&p)
	s.estate = estate.New(p)
	return s, nil
}

// Estate is what the directory holds.
func (s *Source) Estate() *estate.Estate { return s.estate }

var accountID = regexp.MustCompile(`^[0-9]{12}$`)

// accounts lists the account folders.
func (s *Source) accounts(p *estate.Parts) {
	dir := filepath.Join(s.dir, "accounts")
	entries, err := os.ReadDir(dir)
	if err != nil {
		if !errors.Is(err, fs.ErrNotExist) || exists(dir) {
			note(p, "", "accounts", problem(err))
		}
		return
	}
	for _, e := range entries {
		id, name := e.Name(), "accounts/"+printable(e.Name())
		if strings.HasPrefix(id, ".") {
			continue
		}
		if !accountID.MatchString(id) {
			p.Findings = append(p.Findings, estate.Finding{
				File: name, Text: "is not named by an account id of 12 digits: rename the folder or remove it",
			})
			continue
		}
		info, err := os.Stat(filepath.Join(dir, id))
		switch {
		case err != nil:
			note(p, id, name, problem(err))
		case !info.IsDir():
			note(p, id, name, "is a file: make it a folder that holds authorization-details.json")
		default:
			s.folder(p, id, name)
		}
	}
}

func (s *Source) folder(p *estate.Parts, id, name string) {
	if _, err := os.ReadDir(filepath.Join(s.dir, "accounts", id)); err != nil {
		note(p, id, name, problem(err))
		return
	}
	p.Accounts = append(p.Accounts, estate.Folder{ID: id, Read: func(part estate.Part) estate.File {
		return s.read(name + "/" + estate.FileName(part))
	}})
}

// printable is a file's name, quoted where it would break the line.
func printable(name string) string {
	if strings.ContainsFunc(name, func(r rune) bool { return !unicode.IsPrint(r) }) {
		return strconv.Quote(name)
	}
	return name
}

// note is a finding, and the gap that it leaves.
func note(p *estate.Parts, account, name, text string) {
	p.Findings = append(p.Findings, estate.Finding{File: name, Text: text})
	p.Gaps = append(p.Gaps, evidence.Gap{
		Code: "account", Account: account, Subject: name, Why: evidence.Unreadable, Detail: text,
	})
}

// exists says whether the name is there, if only as a link that leads nowhere.
func exists(path string) bool {
	_, err := os.Lstat(path)
	return err == nil
}

// read reads one file, by its slash-separated name in the directory. Pipes and
// devices are not opened: they may never end.
func (s *Source) read(name string) estate.File {
	f := estate.File{Name: name}
	path := filepath.Join(s.dir, filepath.FromSlash(name))
	info, err := os.Stat(path)
	if err != nil {
		if !errors.Is(err, fs.ErrNotExist) || exists(path) {
			f.Problem = problem(err)
		}
		return f
	}
	switch {
	case info.IsDir():
		f.Problem = "is a directory: put a file of this name in its place"
	case !info.Mode().IsRegular():
		f.Problem = "is no regular file: put a file of this name in its place"
	case info.Size() > MaxSize:
		f.Problem = tooLarge(info.Size())
	}
	if f.Problem != "" {
		return f
	}
	if f.Data, err = load(path, info.Size()); err != nil {
		f.Problem = problem(err)
		return f
	}
	if len(f.Data) > MaxSize {
		f.Data, f.Problem = nil, tooLarge(MaxSize+1)
		return f
	}
	f.Found = true
	return f
}

// load reads a file of about the given size, a byte more than MaxSize at most.
func load(path string, size int64) ([]byte, error) {
	h, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer func() { _ = h.Close() }() // read only: nothing is lost
	data := make([]byte, 0, size+1)
	limited := io.LimitReader(h, MaxSize+1)
	for {
		if len(data) == cap(data) {
			data = append(data, 0)[:len(data)]
		}
		n, err := limited.Read(data[len(data):cap(data)])
		data = data[:len(data)+n]
		if errors.Is(err, io.EOF) {
			return data, nil
		}
		if err != nil {
			return nil, err
		}
	}
}

func tooLarge(size int64) string {
	return fmt.Sprintf("is over the limit of %d MiB (%d bytes): split or trim it", MaxSize>>20, size)
}

// problem says what hinders and what to do, without the path, which the
// finding names.
func problem(err error) string {
	switch {
	case errors.Is(err, fs.ErrPermission):
		return "cannot be read: permission denied: give this user the right to read it"
	case errors.Is(err, syscall.ELOOP):
		return "is a symbolic link that leads to itself: put the file in its place"
	case errors.Is(err, fs.ErrNotExist):
		return "is a symbolic link that leads nowhere: put the file in its place"
	case errors.Is(err, syscall.ENOTDIR):
		return "is not a directory: make it one that holds a folder for each account"
	}
	return "cannot be read: " + cause(err).Error()
}

// cause is the error without the operation and path in front of it.
func cause(err error) error {
	var at *fs.PathError
	if errors.As(err, &at) {
		return at.Err
	}
	return err
}
