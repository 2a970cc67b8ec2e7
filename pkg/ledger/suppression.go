package ledger

import (
	"errors"
	"fmt"
	"regexp"
	"strings"
	"time"
)

// Suppression says of which calls nobody wants to hear. They are counted all
// the same. Every member that is not empty must fit; a star at the end of one
// stands for anything.
type Suppression struct {
	ID       string    `json:"id"`
	Owner    string    `json:"owner"`  // who answers for it
	Reason   string    `json:"reason"` // in a sentence
	Expires  time.Time `json:"expires"`
	Made     time.Time `json:"made"`
	Incident string    `json:"incident,omitempty"`
	Code     string    `json:"code,omitempty"` // of the primary cause
	Caller   string    `json:"caller,omitempty"`
	Account  string    `json:"account,omitempty"` // the caller's or the role's
	Role     string    `json:"role,omitempty"`
}

// maxSuppression bounds how far ahead a suppression may expire: what is to be
// silent forever is to be fixed.
const maxSuppression = 366 * 24 * time.Hour

// maxWords bounds the words of a suppression.
const maxWords = 4096

// What a suppression may name at least, so that a star too early does not silence
// everything.
var (
	wholeAccount = regexp.MustCompile(`^[0-9]{12}$`)
	withAccount  = regexp.MustCompile(`^arn:[a-z-]+:[a-z]+:[a-z0-9-]*:[0-9]{12}:[^*]*\*?$`)
	wholeLayer   = regexp.MustCompile(`^[a-z]+\.[a-z_]*\*?$`)
)

// Validate says what a suppression lacks.
func (s *Suppression) Validate(now time.Time) error {
	for _, m := range []struct{ name, is string }{{"id", s.ID}, {"owner", s.Owner}, {"reason", s.Reason}} {
		if strings.TrimSpace(m.is) == "" {
			return fmt.Errorf("it has no %s", m.name)
		}
	}
	if len(s.ID)+len(s.Owner)+len(s.Reason) > maxWords {
		return fmt.Errorf("its id, owner and reason are longer than %d bytes", maxWords)
	}
	empty := true
	for _, pattern := range []string{s.Incident, s.Code, s.Caller, s.Account, s.Role} {
		empty = empty && strings.Trim(pattern, "*") == ""
		if at := strings.IndexByte(pattern, '*'); at >= 0 && at != len(pattern)-1 {
			return fmt.Errorf("%q has a star that is not at its end", pattern)
		}
	}
	if empty {
		return errors.New("it names no incident, code, caller, account or role: it would silence everything")
	}
	for _, m := range []struct {
		name, is, want string
		good           *regexp.Regexp
	}{
		{"account", s.Account, "12 digits", wholeAccount},
		{"caller", s.Caller, "an ARN, with a star behind the account id at most", withAccount},
		{"role", s.Role, "an ARN, with a star behind the account id at most", withAccount},
		{"code", s.Code, "a code, or a layer and a star: trust.*", wholeLayer},
	} {
		if m.is != "" && !m.good.MatchString(m.is) {
			return fmt.Errorf("its %s %.80q would silence too much, or nothing: write %s", m.name, m.is, m.want)
		}
	}
	switch {
	case s.Expires.IsZero():
		return errors.New("it does not say when it expires")
	case !s.Expires.After(now):
		return fmt.Errorf("it expired at %s: give a time to come", s.Expires.UTC().Format(time.RFC3339))
	case s.Expires.Sub(now) > maxSuppression:
		return errors.New("it expires in more than a year: give an earlier time")
	}
	return nil
}

// valid gives those of a list that suppress something now, and an error that
// names those that are not good: whoever can write to the table can write one.
func valid(list []Suppression, now time.Time) ([]Suppression, error) {
	var good []Suppression
	var errs []error
	for i := range list {
		s := &list[i]
		if !s.Expires.IsZero() && !s.Expires.After(now) {
			continue
		}
		if err := s.Validate(now); err != nil {
			errs = append(errs, fmt.Errorf("suppression %q suppresses nothing: %w", s.ID, err))
			continue
		}
		good = append(good, *s)
	}
	return good, errors.Join(errs...)
}

// suppressedBy is the first suppression that covers a finding, nil when none
// does. An expired one covers nothing.
func suppressedBy(list []Suppression, f *Finding, now time.Time) *Suppression {
	for n := range list {
		s := &list[n]
		if s.Expires.After(now) && fits(s.Incident, f.Incident) && fits(s.Code, f.Code) && fits(s.Caller, f.Caller) &&
			(fits(s.Account, f.Account) || fits(s.Account, f.RoleAccount)) && fits(s.Role, f.Role) {
			return s
		}
	}
	return nil
}

func fits(pattern, value string) bool {
	if head, ok := strings.CutSuffix(pattern, "*"); ok {
		return strings.HasPrefix(value, head)
	}
	return pattern == "" || pattern == value
}
