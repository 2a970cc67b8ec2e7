package cli

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// idsOf are the ExternalIds that the policies of an estate directory demand.
func idsOf(t *testing.T, dir string) []string {
	t.Helper()
	var ids []string
	err := filepath.WalkDir(dir, func(path string, _ fs.DirEntry, err error) error {
		if err != nil || filepath.Ext(path) != ".json" {
			return err
		}
		text, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		for _, n := range nodesOf(t, text) {
			if !n.name && text[n.from] == '"' && strings.Contains(n.path, "sts:ExternalId") && n.to-n.from > 7 {
				ids = append(ids, string(text[n.from+1:n.to-1]))
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return ids
}

var (
	parametersNull = regexp.MustCompile(`"requestParameters": null`)
	parametersOpen = regexp.MustCompile(`"requestParameters": \{`)
	askedFor       = regexp.MustCompile(`arn:aws:iam::[0-9]{12}:role/[A-Za-z0-9/_+=,.@-]+`)
	agentOpen      = regexp.MustCompile(`"userAgent": "`)
)

// Every sample event, as it is, with the secret passed in the call and in its
// user agent, and with what the operator knows: no view holds a part of the
// secret or an ExternalId of the estate.
func TestExternalIDsOfSamples(t *testing.T) {
	dir := filepath.Join(folder(t, "events"), "estate")
	ids := idsOf(t, dir)
	if len(ids) < 3 {
		t.Fatalf("only %d ExternalIds in the estate", len(ids))
	}
	names := sampleNames(t)
	var as, passed strings.Builder
	for _, name := range names {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		as.Write(text)
		role := askedFor.FindString(string(text))
		secret := `"externalId": "` + inJSON(secretValue) + `"`
		with := parametersNull.ReplaceAllLiteralString(string(text), `"requestParameters": {"roleArn": "`+role+`", `+secret+`}`)
		with = parametersOpen.ReplaceAllLiteralString(with, `"requestParameters": {`+secret+`, `)
		with = strings.Replace(with, secret+`, "roleArn": "`+role+`", `+secret, `"roleArn": "`+role+`", `+secret, 1)
		passed.WriteString(agentOpen.ReplaceAllLiteralString(with, `"userAgent": "`+inJSON(strings.ToUpper(secretHead)+secretValue[len(secretHead):])+` `))
	}
	for input, flags := range map[string][]string{
		as.String():     {"--know", "sts:ExternalId=" + secretValue},
		passed.String(): nil,
	} {
		for i, view := range views {
			if raced() && i != 3 {
				continue // the leanest: what is sought is no race
			}
			args := append(append([]string{"explain", "--estate", dir}, view...), flags...)
			_, stdout, stderr := run(t, func(s *Surroundings) { s.Stdin = strings.NewReader(input); s.Columns = 80 + i%2*40 }, args...)
			if len(stdout) < 500*len(names) {
				t.Errorf("%q: only %d bytes; %s", view, len(stdout), stderr)
			}
			found := func(line string) bool {
				for _, id := range ids {
					if strings.Contains(line, id) {
						return true
					}
				}
				return leaks(line)
			}
			if leaky := lines(stdout+stderr, found); leaky != "" {
				t.Errorf("%q, %q:\n%s", view, flags, leaky[:min(len(leaky), 3000)])
			}
		}
	}
}
