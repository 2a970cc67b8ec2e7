package cli

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// replaced is an edit of one of the small files.
func replaced(name, from, to string) func(map[string]string) {
	return func(f map[string]string) {
		if !strings.Contains(f[name], from) {
			panic(name + " has no " + from)
		}
		f[name] = strings.Replace(f[name], from, to, 1)
	}
}

// gapIn adds a gap to estate.json.
func gapIn(account, part, subject, why string) func(map[string]string) {
	return replaced("estate.json", `"gaps":[`, `"gaps":[{"account":"`+account+`","part":"`+part+`","subject":"`+subject+`","why":"`+why+`"},`)
}

func both(edits ...func(map[string]string)) func(map[string]string) {
	return func(f map[string]string) {
		for _, e := range edits {
			e(f)
		}
	}
}

var (
	noRoles = both(func(f map[string]string) {
		f["target"] = `{"UserDetailList":[],"GroupDetailList":[],"RoleDetailList":[],"Policies":[],"IsTruncated":false}`
	})
	noUsers    = replaced("caller", `"UserName":"alice","UserId":"AIDAEXAMPLEALICE00001","Arn":"arn:aws:iam::111122223333:user/alice"`, `"UserName":"bob","UserId":"AIDABOB","Arn":"arn:aws:iam::111122223333:user/bob"`)
	noDocument = replaced("caller", `"PolicyName":"shared","PolicyId":"ANPAshared","Arn":"arn:aws:iam::111122223333:policy/shared"`, `"PolicyName":"other","PolicyId":"ANPAother","Arn":"arn:aws:iam::111122223333:policy/other"`)
	twinOf     = func(name, id, path string) string {
		return `{"Path":"` + path + `","RoleName":"` + name + `","RoleId":"` + id + `","Arn":"arn:aws:iam::444455556666:role` + path + name + `","AssumeRolePolicyDocument":{"Version":"2012-10-17","Statement":[]}},`
	}
)

// estateFaults are what may be wrong with an estate in which all allow: the
// verdict with it, what standard error says ("" nothing) and what is said of it
// in the report.
var estateFaults = []struct {
	name    string
	edit    func(map[string]string)
	verdict string
	stderr  string
	report  string
}{
	{"nothing wrong", func(map[string]string) {}, "allowed_now", "", ""},

	{"the role is not there", noRoles, "denied", "", `"code":"role.not_found"`},
	{"cut: IsTruncated", both(noRoles, replaced("target", `"IsTruncated":false`, `"IsTruncated":true`)), "undetermined", "", `ends early (IsTruncated)`},
	{"cut: a marker alone", both(noRoles, replaced("target", `"IsTruncated":false`, `"Marker":"m"`)), "undetermined", "", "without --max-items"},
	{"cut: a marker is no page where IsTruncated says so", both(noRoles, replaced("target", `"IsTruncated":false`, `"IsTruncated":false,"Marker":"m"`)), "denied", "", `"code":"role.not_found"`},
	{"cut: NextToken", both(noRoles, replaced("target", `"IsTruncated":false`, `"NextToken":"n"`)), "undetermined", "", "without --max-items"},
	{"cut, but the role is in it", replaced("target", `"IsTruncated":false`, `"IsTruncated":true`), "allowed_now", "", ""},
	{"cut: the user is not in it", both(noUsers, replaced("caller", `"IsTruncated":false`, `"IsTruncated":true`)), "undetermined", "", "ends early (IsTruncated)"},

	{"another account's file", func(f map[string]string) { f["target"] = f["caller"] }, "undetermined", "belongs to another account: correct", `"code":"evidence.unreadable"`},
	{"one element of another account", both(noRoles, replaced("target", `"UserDetailList":[]`, `"UserDetailList":[{"UserName":"x","UserId":"AIDAX","Arn":"arn:aws:iam::111122223333:user/x"}]`)), "undetermined", `the user "arn:aws:iam::111122223333:user/x" belongs to another account`, ""},
	{"an account twice among Nodes", replaced("organization.json", `"Nodes":[`, `"Nodes":[{"Id":"444455556666","Name":"again","ParentId":"r-ab12"},`), "undetermined", `organization.json: Nodes has "444455556666" twice: keep one`, `"layer":"rcp"`},

	{"attached, without a document, which may deny", noDocument, "undetermined", "", `"layer":"identity"`},
	{"the only Allow is not there", both(noDocument, replaced("caller", `"UserPolicyList":[{"PolicyName":"own"`, `"X":[{"PolicyName":"own"`), replaced("caller", `"GroupList":["dev"]`, `"GroupList":[]`)), "undetermined", "", "is attached, but its document was not read"},
	{"a boundary without a document", replaced("caller", `"PolicyName":"bound","PolicyId":"ANPAbound","Arn":"arn:aws:iam::111122223333:policy/bound"`, `"PolicyName":"other","PolicyId":"ANPAother","Arn":"arn:aws:iam::111122223333:policy/other"`), "undetermined", "", `"layer":"boundary"`},
	{"a group that is not there", replaced("caller", `"GroupName":"dev"`, `"GroupName":"dex"`), "", "has an Arn that does not fit its name", ""},

	{"gap: the roles", both(noRoles, gapIn(targetAccount, "roles", "", "denied")), "undetermined", "", "iam:GetAccountAuthorizationDetails"},
	{"gap: the roles, throttled", both(noRoles, gapIn(targetAccount, "roles", "", "throttled")), "undetermined", "", `"code":"role"`},
	{"gap: the roles, too slow", both(noRoles, gapIn(targetAccount, "roles", "", "timeout")), "undetermined", "", `"code":"role"`},
	{"gap: the roles, cut", both(noRoles, gapIn(targetAccount, "roles", "", "truncated")), "undetermined", "", `"code":"truncated"`},
	{"gap: the roles, not read", both(noRoles, gapIn(targetAccount, "roles", "", "not_read")), "undetermined", "", `"code":"role"`},
	{"gap: this role, though it is there", gapIn(targetAccount, "roles", "Deployer", "denied"), "undetermined", "", `"code":"role"`},
	{"gap: another role", both(noRoles, gapIn(targetAccount, "roles", "Other", "denied")), "denied", "", `"code":"role.not_found"`},
	{"gap: the users", both(noUsers, gapIn(callerAccount, "users", "", "denied")), "undetermined", "", `"layer":"identity"`},
	{"gap: the group", gapIn(callerAccount, "groups", "dev", "denied"), "undetermined", "", `"layer":"identity"`},
	{"gap: a policy", gapIn(callerAccount, "policies", "arn:aws:iam::111122223333:policy/bound", "denied"), "undetermined", "", `"layer":"boundary"`},
	{"gap: the organization", gapIn("", "organization", "", "denied"), "undetermined", "", `"layer":"rcp"`},
	{"gap: one unit's policies", gapIn("", "organization", "ou-ab12-11111111", "denied"), "undetermined", "", `"layer":"scp"`},
	{"gap: the endpoints", both(replaced("endpoints", "vpce-0a1b2c3d", "vpce-11111111"), gapIn(callerAccount, "endpoints", "", "denied")), "undetermined", "", `"layer":"vpce"`},
	{"gap: the endpoint, though it is there", gapIn(callerAccount, "endpoints", "vpce-0a1b2c3d", "denied"), "undetermined", "", `"layer":"vpce"`},
	{"gap: a part that nobody knows", both(noRoles, gapIn(targetAccount, "rolls", "", "denied")), "undetermined", `part is "rolls": write users, groups, roles,`, ""},
	{"gap: a reason that nobody knows", gapIn(targetAccount, "roles", "Deployer", "forbidden"), "undetermined", `why is "forbidden": write denied, throttled,`, ""},

	{"an organization that is said not to be", replaced("estate.json", `"known"`, `"none"`), "undetermined", "organization.json: is there, but estate.json says organization none: correct estate.json or remove the file", ""},
	{"an account outside", replaced("organization.json", `{"Id":"444455556666","Name":"prod","ParentId":"ou-ab12-11111111","State":"ACTIVE"}`, `{"Id":"555566667777","Name":"data","ParentId":"ou-ab12-11111111"}`), "undetermined", `the target "444455556666" of "p-FullAWSAccess" is not among Nodes`, `"layer":"rcp"`},

	{"a role that differs in case", replaced("target", `"RoleDetailList":[`, `"RoleDetailList":[`+twinOf("deployer", "AROATWO", "/")), "allowed_now", "differs only in case from another one, which IAM does not allow in one account", ""},
	{"only one that differs in case", replaced("target", `"RoleName":"Deployer","RoleId":"AROADEPLOYER","Arn":"arn:aws:iam::444455556666:role/Deployer"`, `"RoleName":"deployer","RoleId":"AROADEPLOYER","Arn":"arn:aws:iam::444455556666:role/deployer"`), "denied", "", `"code":"role.not_found"`},
	{"one name in two paths", replaced("target", `"RoleDetailList":[`, `"RoleDetailList":[`+twinOf("Deployer", "AROATWO", "/team/")), "undetermined", "stands there twice, differently", ""},
	{"one id of two roles", replaced("target", `"RoleDetailList":[`, `"RoleDetailList":[`+twinOf("Other", "AROADEPLOYER", "/")), "allowed_now", "stands there twice, differently", ""},
	{"members that nobody knows", both(replaced("target", `"IsTruncated"`, `"Extra":{"a":[1]},"IsTruncated"`), replaced("target", `"RoleLastUsed"`, `"New":1e999,"RoleLastUsed"`), replaced("organization.json", `"Nodes"`, `"More":[],"Nodes"`), replaced("estate.json", `"gaps"`, `"more":7,"gaps"`)), "allowed_now", "", ""},
	{"numbers beyond any type", both(replaced("target", "3600", strings.Repeat("9", 400)), replaced("caller", `"Tags":[{"Key":"team"`, `"AttachmentCount":-1e400,"Tags":[{"Key":"team"`)), "allowed_now", "", ""},

	{"a cycle", both(replaced("organization.json", `"ParentId":"r-ab12"`, `"ParentId":"ou-ab12-22222222"`), replaced("organization.json", `"Nodes":[`, `"Nodes":[{"Id":"ou-ab12-22222222","Name":"b","ParentId":"ou-ab12-11111111"},`)), "undetermined", `"ou-ab12-11111111" is its own ancestor: correct its ParentId`, ""},
	{"no root", replaced("organization.json", `{"Id":"r-ab12",`, `{"Ix":"r-ab12",`), "undetermined", "Roots has an element without Id: correct it", ""},
	{"a parent that is not there", replaced("organization.json", `"ParentId":"r-ab12"`, `"ParentId":"r-zzzz"`), "undetermined", `has the parent "r-zzzz", which is not there: correct its ParentId`, ""},
	{"an attachment to nothing", replaced("organization.json", `"PolicyId":"p-11111111","TargetId":"ou-ab12-11111111"`, `"PolicyId":"p-11111111","TargetId":"ou-ab12-33333333"`), "undetermined", `the target "ou-ab12-33333333" of "p-11111111" is not among Nodes: add it or remove the attachment`, ""},
	{"an attachment of nothing", replaced("organization.json", `"Attachments":[`, `"Attachments":[{"PolicyId":"p-99999999","TargetId":"r-ab12"},`), "undetermined", `the policy "p-99999999" is not among Policies: add it or remove the attachment`, ""},
}

func TestEstateFaults(t *testing.T) {
	for _, tt := range estateFaults {
		t.Run(tt.name, func(t *testing.T) {
			files, dir := smallFiles(""), t.TempDir()
			tt.edit(files)
			write(t, dir, files)
			holdFault(t, dir, tt.verdict, tt.stderr, tt.report)
		})
	}
}

// holdFault explains the small event with the estate in dir, and holds what
// comes out: what is told on standard error is a line that ends in what to do,
// and makes the run fail.
func holdFault(t *testing.T, dir, verdict, said, inReport string) {
	t.Helper()
	status, stdout, stderr := run(t, func(s *Surroundings) { s.Stdin = strings.NewReader(deniedEvent) }, "explain", "--format", "json", "--estate", dir)
	if verdict != "" && !strings.Contains(stdout, `"verdict":"`+verdict+`"`) || !strings.Contains(stdout, inReport) {
		t.Errorf("want %s and %s in the report:\n%s", verdict, inReport, stdout)
	}
	if strings.Count(stdout, "\n") != 1 || (said == "") != (stderr == "") || !strings.Contains(stderr, said) || (status == ok) != (said == "") {
		t.Errorf("status %d, standard error %q, want %q", status, stderr, said)
	}
	for line := range strings.Lines(stderr) {
		if !strings.HasPrefix(line, "assumewhy: "+dir) || strings.Count(line, ": ") < 2 {
			t.Errorf("a line without file or advice: %s", line)
		}
	}
}

// A document is the same as an object, in percent-encoding, and as a string of
// JSON, all in one file.
func TestFormsOfDocuments(t *testing.T) {
	want := ""
	for i, form := range secretForms[:4] {
		for j, other := range secretForms[:4] {
			files, dir := smallFiles("inline"), t.TempDir()
			files["caller"] = reformed(t, files["caller"], form, other)
			write(t, dir, files)
			_, got, stderr := run(t, func(s *Surroundings) { s.Stdin = strings.NewReader(deniedEvent) }, "explain", "--format", "json", "--verbose", "--estate", dir)
			if want == "" {
				want = got
			}
			if got != want || stderr != "" || !strings.Contains(got, `"verdict":"denied"`) {
				t.Errorf("forms %d and %d: %s%s", i, j, stderr, got)
			}
		}
	}
}

// reformed is a details file with each document of a user in one form, and each
// other in another.
func reformed(t *testing.T, text string, users, others func(string) string) string {
	t.Helper()
	nodes := nodesOf(t, []byte(text))
	for i := len(nodes) - 1; i >= 0; i-- {
		n := nodes[i]
		if n.name || !strings.HasSuffix(n.path, "Document") {
			continue
		}
		form := others
		if strings.HasPrefix(n.path, "UserDetailList") {
			form = users
		}
		text = string(n.with([]byte(text), form(text[n.from:n.to])))
	}
	return text
}

// Files that are none: each is told with what to do, and is a gap.
func TestEstateFiles(t *testing.T) {
	details := filepath.Join("accounts", targetAccount, "authorization-details.json")
	tests := []struct {
		name  string
		spoil func(dir string) error
		said  string
	}{
		{"a directory", func(dir string) error {
			path := filepath.Join(dir, details)
			if err := os.Remove(path); err != nil {
				return err
			}
			return os.Mkdir(path, 0o700)
		}, "authorization-details.json: is a directory: put a file of this name in its place"},
		{"a link to nothing", func(dir string) error { return relink(filepath.Join(dir, details), "nowhere") }, "is a symbolic link that leads nowhere: put the file"},
		{"a link to itself", func(dir string) error { return relink(filepath.Join(dir, details), "authorization-details.json") }, "is a symbolic link that leads to itself: put the file"},
		{"empty", func(dir string) error { return os.Truncate(filepath.Join(dir, details), 0) }, "is empty: write it again"},
		{"cut", func(dir string) error { return os.Truncate(filepath.Join(dir, details), 200) }, "is cut off after line "},
		{"no organization, which is said to be", func(dir string) error { return os.Remove(filepath.Join(dir, "organization.json")) }, "organization.json: is not there, but estate.json says organization known: add the file or write unknown"},
		{"nothing in the folder", func(dir string) error { return os.Remove(filepath.Join(dir, details)) }, ""},
		{"no account", func(dir string) error { return os.RemoveAll(filepath.Join(dir, "accounts")) }, ""},
		{"a name that is no account", func(dir string) error {
			return os.Rename(filepath.Join(dir, "accounts", targetAccount), filepath.Join(dir, "accounts", "prod"))
		}, "accounts/prod: is not named by an account id of 12 digits: rename the folder or remove it"},
		{"not to be read", func(dir string) error { return os.Chmod(filepath.Join(dir, details), 0) }, "cannot be read: permission denied: give this user the right to read it"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if tt.name == "not to be read" && os.Geteuid() == 0 {
				t.Skip("root may read every file")
			}
			dir := t.TempDir()
			write(t, dir, smallFiles(""))
			if err := tt.spoil(dir); err != nil {
				t.Fatal(err)
			}
			holdFault(t, dir, "undetermined", tt.said, `"code":"evidence.unreadable"`)
			_, stdout, _ := run(t, func(s *Surroundings) { s.Stdin = strings.NewReader(deniedEvent) }, "explain", "--estate", dir)
			if strings.Contains(stdout, "--estate DIR") {
				t.Errorf("who gave --estate is told to give it:\n%s", stdout)
			}
		})
	}
	// An account that stands alone, said and not said.
	alone := t.TempDir()
	write(t, alone, smallFiles(""))
	if err := os.Remove(filepath.Join(alone, "organization.json")); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(alone, "estate.json"), []byte(`{"schema":"assumewhy.estate/v1","organization":"none"}`), 0o600); err != nil {
		t.Fatal(err)
	}
	holdFault(t, alone, "allowed_now", "", `"result":"none"`)
	if err := os.Remove(filepath.Join(alone, "estate.json")); err != nil {
		t.Fatal(err)
	}
	holdFault(t, alone, "undetermined", "", `"layer":"scp"`)
	// A link to where the file is, is the file.
	dir := t.TempDir()
	write(t, dir, smallFiles(""))
	path := filepath.Join(dir, details)
	if err := os.Rename(path, filepath.Join(dir, "kept.json")); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(filepath.Join("..", "..", "kept.json"), path); err != nil {
		t.Fatal(err)
	}
	holdFault(t, dir, "allowed_now", "", "")
}

// relink puts a link in the place of a file.
func relink(path, to string) error {
	if err := os.Remove(path); err != nil {
		return err
	}
	return os.Symlink(to, path)
}
