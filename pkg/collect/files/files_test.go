package files

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/assumewhy/assumewhy/pkg/estate"
	"github.com/assumewhy/assumewhy/pkg/evidence"
	"github.com/assumewhy/assumewhy/pkg/policy"
)

const (
	prod = "111122223333"
	dev  = "222233334444"
)

func open(t testing.TB, dir string) *estate.Estate {
	t.Helper()
	s, err := Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	return s.Estate()
}

func TestOpenErrors(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, "file", nil)
	write(t, dir, "other/readme.txt", nil)
	for _, c := range []struct{ dir, want string }{
		{filepath.Join(dir, "gone"), "no such file or directory"},
		{filepath.Join(dir, "file"), "not a directory"},
		{filepath.Join(dir, "other"), "nothing of an estate in it"},
	} {
		_, err := Open(c.dir)
		if err == nil || !strings.Contains(err.Error(), c.want) || !strings.Contains(err.Error(), "accounts/") ||
			!strings.Contains(err.Error(), c.dir) || strings.Contains(err.Error(), "\n") {
			t.Errorf("%s: %v, want %q and what is expected", c.dir, err, c.want)
		}
	}
	if _, err := Open(filepath.Join(dir, "gone")); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("the cause is lost: %v", err)
	}
}

// An estate without any account is one: everything is a gap.
func TestNoAccounts(t *testing.T) {
	for _, name := range []string{"accounts/.gitkeep", "history/log.json", "estate.json"} {
		dir := t.TempDir()
		write(t, dir, name, []byte("{}"))
		e := open(t, dir)
		e.ReadAll()
		if _, missing := e.Account(prod).Gap(); !missing || len(e.Accounts()) != 0 || len(e.Findings()) != 0 {
			t.Errorf("%s: %v %v", name, e.Accounts(), e.Findings())
		}
		if e.Organization().State() != evidence.Missing {
			t.Errorf("%s: organization %v", name, e.Organization().State())
		}
	}
}

func TestReads(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, "estate.json", []byte(`{"schema":"assumewhy.estate/v1","read_at":"2026-01-31T08:00:00Z","organization":"none"}`))
	write(t, dir, "accounts/"+prod+"/authorization-details.json", account(prod, 3))
	write(t, dir, "accounts/"+prod+"/vpc-endpoints.json", []byte(`{"VpcEndpoints":[{"VpcEndpointId":"vpce-1","PolicyDocument":"{}"}]}`))
	write(t, dir, "accounts/"+prod+"/identity-providers.json", []byte(`{"OpenIDConnectProviderList":[],"SAMLProviderList":[]}`))
	e := open(t, dir)
	a, _ := e.Account(prod).Get()
	if _, ok := a.Role("role-0002").Get(); !ok || a.Role("role-0003").State() != evidence.Absent {
		t.Error("roles")
	}
	if _, ok := a.Endpoint("vpce-1").Get(); !ok {
		t.Error("endpoint")
	}
	if _, ok := a.Providers().Get(); !ok {
		t.Error("providers")
	}
	if e.Organization().State() != evidence.Absent || e.ReadAt().IsZero() || len(e.Findings()) != 0 {
		t.Errorf("%v %v %v", e.Organization().State(), e.ReadAt(), e.Findings())
	}
}

// Every way a file can be no file is one line that names it, and a gap.
func TestFileProblems(t *testing.T) {
	for _, c := range []struct {
		name string
		make func(path string) error
		want string
	}{
		{"directory", func(p string) error { return os.Mkdir(p, 0o755) }, "is a directory"},
		{"loop", func(p string) error { return os.Symlink(p, p) }, "is a symbolic link that leads to itself"},
		{"dangling", func(p string) error { return os.Symlink(p+".gone", p) }, "is a symbolic link that leads nowhere"},
		{"empty", func(p string) error { return os.WriteFile(p, nil, 0o600) }, "is empty"},
		{"too large", func(p string) error {
			if err := os.WriteFile(p, nil, 0o600); err != nil {
				return err
			}
			return os.Truncate(p, MaxSize+1)
		}, "is over the limit of 256 MiB"},
		{"no rights", func(p string) error { return os.WriteFile(p, []byte("{}"), 0) }, "permission denied"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if c.name == "no rights" && os.Geteuid() <= 0 {
				t.Skip("who runs this may read everything")
			}
			fileProblem(t, c.make, c.want)
		})
	}
}

// fileProblem makes something that is no file where an account's should be, and
// wants it named.
func fileProblem(t *testing.T, put func(path string) error, problem string) {
	t.Helper()
	file := "accounts/" + prod + "/authorization-details.json"
	dir := t.TempDir()
	if err := os.MkdirAll(filepath.Join(dir, "accounts", prod), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := put(filepath.Join(dir, filepath.FromSlash(file))); err != nil {
		t.Fatal(err)
	}
	e := open(t, dir)
	a, _ := e.Account(prod).Get()
	if g, missing := a.Role("r").Gap(); !missing || g.Why != evidence.Unreadable {
		t.Errorf("gap: %+v", g)
	}
	want(t, e, file+": "+problem)
}

func want(t *testing.T, e *estate.Estate, lines ...string) {
	t.Helper()
	got := e.Findings()
	if len(got) != len(lines) {
		t.Errorf("findings %v, want %q", got, lines)
		return
	}
	for i, l := range lines {
		if s := got[i].String(); !strings.HasPrefix(s, l) || strings.Contains(s, "\n") {
			t.Errorf("finding %q, want %q", s, l)
		}
	}
}

func TestOddFolders(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, "accounts/prod/authorization-details.json", nil)
	write(t, dir, "accounts/.DS_Store", nil)
	write(t, dir, "accounts/two\nlines/x", nil)
	write(t, dir, "accounts/"+prod, nil)
	if err := os.Symlink("gone", filepath.Join(dir, "accounts", dev)); err != nil {
		t.Fatal(err)
	}
	e := open(t, dir)
	want(t, e, `accounts/"two\nlines": is not named`,
		"accounts/"+prod+": is a file", "accounts/"+dev+": is a symbolic link that leads nowhere",
		"accounts/prod: is not named by an account id")
	for _, id := range []string{prod, dev} {
		if g, missing := e.Account(id).Gap(); !missing || g.Why != evidence.Unreadable || g.Account != id {
			t.Errorf("%s: %+v", id, g)
		}
	}
	dir = t.TempDir()
	write(t, dir, "accounts", nil)
	e = open(t, dir)
	want(t, e, "accounts: is not a directory")
	if g, missing := e.Account(prod).Gap(); !missing || g.Why != evidence.Unreadable {
		t.Errorf("%+v", g)
	}
}

func TestSymlinkedAccount(t *testing.T) {
	dir, elsewhere := t.TempDir(), t.TempDir()
	write(t, elsewhere, "authorization-details.json", account(prod, 1))
	write(t, dir, "accounts/.keep", nil)
	if err := os.Symlink(elsewhere, filepath.Join(dir, "accounts", prod)); err != nil {
		t.Fatal(err)
	}
	a, ok := open(t, dir).Account(prod).Get()
	if _, found := a.Role("role-0000").Get(); !ok || !found {
		t.Error("a folder behind a link is not read")
	}
}

func TestProblem(t *testing.T) {
	for _, c := range []struct {
		err  error
		want string
	}{
		{&fs.PathError{Op: "open", Path: "/x", Err: syscall.EACCES}, "permission denied: give this user the right"},
		{&fs.PathError{Op: "stat", Path: "/x", Err: syscall.ELOOP}, "leads to itself"},
		{&fs.PathError{Op: "read", Path: "/x", Err: syscall.EIO}, "cannot be read: input/output error"},
		{fmt.Errorf("odd"), "cannot be read: odd"},
	} {
		if got := problem(c.err); !strings.Contains(got, c.want) || strings.Contains(got, "/x") {
			t.Errorf("%v: %q, want %q", c.err, got, c.want)
		}
	}
}

// A file is read when its account is first asked, not before.
func TestLazy(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, "accounts/"+prod+"/authorization-details.json", account(prod, 1))
	write(t, dir, "accounts/"+dev+"/authorization-details.json", []byte("broken"))
	e := open(t, dir)
	a, _ := e.Account(prod).Get()
	if _, ok := a.Role("role-0000").Get(); !ok {
		t.Fatal("role")
	}
	want(t, e)
	e.ReadAll()
	want(t, e, "accounts/"+dev+"/authorization-details.json: line 1: no JSON")
}

// The sample estate of the repository is whole: no finding, and every account
// of the organization has levels.
func TestSampleEstate(t *testing.T) {
	e := open(t, filepath.Join("..", "..", "..", "events", "estate"))
	e.ReadAll()
	want(t, e)
	o, ok := e.Organization().Get()
	if !ok || len(e.Accounts()) < 6 {
		t.Fatalf("organization %v, %d accounts", ok, len(e.Accounts()))
	}
	for _, a := range e.Accounts() {
		for _, n := range a.RoleNames() {
			r, ok := a.Role(n.Name).Get()
			if !ok {
				t.Errorf("%s cannot be read", n.ARN)
				continue
			}
			for i, p := range r.Attached {
				if g, missing := p.Gap(); missing {
					t.Errorf("%s: %s: %+v", n.ARN, r.AttachedN[i], g)
				}
			}
		}
		if !o.Has(a.ID()) {
			continue
		}
		if _, ok := o.Levels(a.ID(), policy.KindSCP).Get(); !ok {
			t.Errorf("%s has no levels", a.ID())
		}
	}
}

func ExampleOpen() {
	s, err := Open(filepath.Join("..", "..", "..", "events", "estate"))
	if err != nil {
		fmt.Println(err)
		return
	}
	_, known := s.Estate().Account("000000000000").Get()
	fmt.Println("known:", known)
	// Output: known: false
}
