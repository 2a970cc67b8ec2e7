package deliver

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"github.com/assumewhy/assumewhy/pkg/diagnose"
	"github.com/assumewhy/assumewhy/pkg/report"
)

// RoutesSchema is the value of the "schema" member of a file of routes.
const RoutesSchema = "assumewhy.routes/v1"

// Routes say which channels hear of what. The first route that fits decides,
// unless it says to go on; what none of them takes goes to Default. The channels
// are those that the program was given, such as mail, slack and bus.
//
//	{"schema": "assumewhy.routes/v1",
//	 "routes": [
//	  {"name": "noise", "match": {"codes": ["platform.throttled"]}, "to": []},
//	  {"name": "prod", "match": {"ous": ["ou-ab12-11111111"], "severities": ["high", "medium"]}, "to": ["bus"], "go_on": true},
//	  {"name": "platform team", "match": {"accounts": ["111122223333"], "tags": {"Owner": ["team-platform"]}, "codes": ["trust.*"]}, "to": ["slack"]}],
//	 "default": ["slack", "mail"]}
//
// Every list of "match" that is given must fit, one of its values is enough. A
// star at the end of a value stands for anything.
type Routes struct {
	Schema  string   `json:"schema"`
	Routes  []Route  `json:"routes"`
	Default []string `json:"default"`
}

// Route sends what fits to channels; an empty list of channels is silence.
type Route struct {
	Name  string   `json:"name"`
	Match Match    `json:"match"`
	To    []string `json:"to"`
	GoOn  bool     `json:"go_on"` // later routes may add channels
}

// Match is what a route takes.
type Match struct {
	Accounts    []string            `json:"accounts,omitempty"` // of the role, of the caller, or of who has to act
	OUs         []string            `json:"ous,omitempty"`      // above one of these accounts, at any height
	Tags        map[string][]string `json:"tags,omitempty"`     // of the role
	Codes       []string            `json:"codes,omitempty"`    // of the primary cause
	Certainties []string            `json:"certainties,omitempty"`
	Severities  []string            `json:"severities,omitempty"`
	Verdicts    []string            `json:"verdicts,omitempty"`
	Roles       []string            `json:"roles,omitempty"`   // ARNs
	Callers     []string            `json:"callers,omitempty"` // ARNs, of a session its role's
}

// Facts are what routes look at. OUs and Tags are what the estate knows: the
// OUs above the accounts, and the tags of the role.
type Facts struct {
	Report *report.Report
	OUs    []string
	Tags   map[string]string
}

// maxRoutes bounds a file of routes, in bytes.
const maxRoutes = 256 << 10

// ReadRoutes reads a file of routes and holds it to the channels that exist: a
// member that is not known, a channel that does not exist, and a value that
// fits nothing are told, with their place.
func ReadRoutes(r io.Reader, channels []string) (*Routes, error) {
	raw, err := io.ReadAll(io.LimitReader(r, maxRoutes+1))
	switch {
	case err != nil:
		return nil, fmt.Errorf("read routes: %w", err)
	case len(raw) > maxRoutes:
		return nil, fmt.Errorf("read routes: more than %d bytes", maxRoutes)
	}
	if name, twice := repeated(json.NewDecoder(bytes.NewReader(raw))); twice {
		return nil, fmt.Errorf("read routes: %q is there twice in one object", name)
	}
	dec := json.NewDecoder(bytes.NewReader(raw))
	dec.DisallowUnknownFields()
	var out Routes
	if err := dec.Decode(&out); err != nil {
		return nil, fmt.Errorf("read routes: line %d: %w", 1+bytes.Count(raw[:min(int(dec.InputOffset()), len(raw))], []byte("\n")), err)
	}
	if _, err := dec.Token(); !errors.Is(err, io.EOF) {
		return nil, errors.New("read routes: there is more behind the routes")
	}
	if err := out.validate(channels); err != nil {
		return nil, fmt.Errorf("read routes: %w", err)
	}
	return &out, nil
}

// repeated finds a member that stands twice in its object: the last one would
// count, and nobody would see it. What is no JSON has none.
func repeated(dec *json.Decoder) (name string, twice bool) {
	t, err := dec.Token()
	if err != nil {
		return "", false
	}
	seen := map[string]bool{}
	for t == json.Delim('{') || t == json.Delim('[') {
		if !dec.More() {
			_, _ = dec.Token() // the end of it
			return "", false
		}
		if t == json.Delim('{') {
			key, err := dec.Token()
			if name, _ = key.(string); err != nil || seen[name] {
				return name, err == nil
			}
			seen[name] = true
		}
		if name, twice := repeated(dec); twice {
			return name, true
		}
	}
	return "", false
}

func (r *Routes) validate(channels []string) error {
	if r.Schema != RoutesSchema {
		return fmt.Errorf("the schema is %q, this program reads %q", r.Schema, RoutesSchema)
	}
	known := func(where string, to []string) error {
		for _, c := range to {
			if !slices.Contains(channels, c) {
				return fmt.Errorf("%s: there is no channel %q, there are: %s", where, c, strings.Join(channels, ", "))
			}
		}
		return nil
	}
	for n := range r.Routes {
		route := &r.Routes[n]
		where := fmt.Sprintf("route %d (%q)", n+1, route.Name)
		if route.To == nil {
			return fmt.Errorf(`%s: it has no "to": give the channels, or [] for silence`, where)
		}
		if err := known(where, route.To); err != nil {
			return err
		}
		if err := route.Match.validate(); err != nil {
			return fmt.Errorf("%s: %w", where, err)
		}
	}
	if r.Default == nil {
		return errors.New(`there is no "default": give the channels of what no route takes, or [] for silence`)
	}
	return known("default", r.Default)
}

// words are the values that a list of a match can have.
var words = map[string][]string{
	"certainties": {"proved", "likely", "possible"},
	"severities":  {"high", "medium", "low"},
	"verdicts":    {"denied", "undetermined", "allowed_now", "not_a_policy_denial"},
}

func (m *Match) validate() error {
	given := len(m.Tags)
	for _, l := range m.lists(Facts{}) {
		given += len(l.patterns)
		if l.patterns != nil && len(l.patterns) == 0 {
			return fmt.Errorf("%s is empty: nothing would fit", l.name)
		}
		for _, p := range l.patterns {
			if err := l.validate(p); err != nil {
				return err
			}
		}
	}
	for _, key := range slices.Sorted(maps.Keys(m.Tags)) {
		if key == "" || len(m.Tags[key]) == 0 {
			return fmt.Errorf("tags: %q has no values: nothing would fit", key)
		}
		for _, p := range m.Tags[key] {
			if strings.Contains(strings.TrimSuffix(p, "*"), "*") {
				return fmt.Errorf("tags: %q has a star that is not at its end", p)
			}
		}
	}
	if given == 0 {
		return errors.New("it matches everything: put its channels into default")
	}
	return nil
}

// list is one list of a match, with what it is held against.
type list struct {
	name     string
	patterns []string
	values   []string
}

func (m *Match) lists(f Facts) []list {
	out := []list{
		{"accounts", m.Accounts, nil},
		{"ous", m.OUs, f.OUs},
		{"codes", m.Codes, nil},
		{"certainties", m.Certainties, nil},
		{"severities", m.Severities, nil},
		{"verdicts", m.Verdicts, nil},
		{"roles", m.Roles, nil},
		{"callers", m.Callers, nil},
	}
	if r := f.Report; r != nil {
		code, certainty := Primary(r)
		caller := r.Caller.RoleARN
		if caller == "" {
			caller = r.Caller.ARN
		}
		for n, values := range [][]string{Accounts(r), f.OUs, {code}, {certainty}, {r.Severity()}, {r.Verdict}, {r.Role.ARN}, {caller}} {
			out[n].values = values
		}
	}
	return out
}

func (l list) validate(pattern string) error {
	at := strings.IndexByte(pattern, '*')
	switch {
	case pattern == "":
		return fmt.Errorf("%s: an empty value fits nothing", l.name)
	case at >= 0 && at != len(pattern)-1:
		return fmt.Errorf("%s: %q has a star that is not at its end", l.name, pattern)
	case words[l.name] != nil && !slices.Contains(words[l.name], pattern):
		return fmt.Errorf("%s: %q is none of: %s", l.name, pattern, strings.Join(words[l.name], ", "))
	case l.name == "accounts" && at < 0 && (len(pattern) != 12 || strings.Trim(pattern, "0123456789") != ""):
		return fmt.Errorf("accounts: %q is not an account id of 12 digits (write it in quotes)", pattern)
	case l.name == "codes" && !slices.ContainsFunc(diagnose.Codes(), func(c diagnose.Code) bool { return anyFits([]string{pattern}, string(c)) }):
		return fmt.Errorf("codes: %q is none: 'assumewhy codes' lists them", pattern)
	case (l.name == "roles" || l.name == "callers") && !strings.HasPrefix(pattern, "arn:") && pattern != "*":
		return fmt.Errorf("%s: %q is no ARN", l.name, pattern)
	case l.name == "ous" && !strings.HasPrefix(pattern, "ou-") && !strings.HasPrefix(pattern, "r-"):
		return fmt.Errorf("ous: %q is not the id of an OU or a root (ou-..., r-...)", pattern)
	}
	return nil
}

// Accounts are those of the role, of the caller and of who has to act, each once.
func Accounts(r *report.Report) []string {
	var out []string
	add := func(id string) {
		if id != "" && !slices.Contains(out, id) {
			out = append(out, id)
		}
	}
	add(r.Role.Account)
	add(r.Caller.Account)
	for i := range r.Causes {
		if r.Causes[i].Primary {
			add(r.Causes[i].Account)
		}
	}
	return out
}

// To are the channels that hear of it, each once.
func (r *Routes) To(f Facts) []string {
	out := []string{}
	taken := false
	for n := range r.Routes {
		if !r.Routes[n].Match.fits(f) {
			continue
		}
		taken = true
		out = append(out, r.Routes[n].To...)
		if !r.Routes[n].GoOn {
			break
		}
	}
	if !taken {
		out = append(out, r.Default...)
	}
	seen := map[string]bool{}
	return slices.DeleteFunc(out, func(c string) bool {
		defer func() { seen[c] = true }()
		return seen[c]
	})
}

func (m *Match) fits(f Facts) bool {
	for _, l := range m.lists(f) {
		if l.patterns != nil && !slices.ContainsFunc(l.values, func(v string) bool { return anyFits(l.patterns, v) }) {
			return false
		}
	}
	for key, patterns := range m.Tags { // in any order: all must fit
		value, ok := f.Tags[key]
		if !ok || !anyFits(patterns, value) {
			return false
		}
	}
	return true
}

func anyFits(patterns []string, value string) bool {
	return slices.ContainsFunc(patterns, func(p string) bool {
		if head, ok := strings.CutSuffix(p, "*"); ok {
			return strings.HasPrefix(value, head)
		}
		return p == value
	})
}
