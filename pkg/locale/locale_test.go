package locale

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestFor(t *testing.T) {
	for _, tag := range []string{"", "en", "EN"} {
		l, err := For(tag)
		if err != nil || l.Tag != "en" {
			t.Errorf("For(%q) = %v, %v", tag, l, err)
		}
	}
	_, err := For("tlh")
	if err == nil || !strings.Contains(err.Error(), strings.Join(Languages(), ", ")) {
		t.Errorf("an unknown language: %v, want the known ones listed", err)
	}
}

// TestLanguagesSayTheSame: each language has words for the codes that the
// default language has words for.
func TestLanguagesSayTheSame(t *testing.T) {
	for _, tag := range Languages() {
		l, err := For(tag)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(languages[0].Codes(), l.Codes()); diff != "" {
			t.Errorf("%s: codes (-%s +%s):\n%s", tag, languages[0].Tag, tag, diff)
		}
		if diff := cmp.Diff(languages[0].GapCodes(), l.GapCodes()); diff != "" {
			t.Errorf("%s: codes of gaps:\n%s", tag, diff)
		}
	}
}

func TestLongTextIsCut(t *testing.T) {
	c := causeOf("trust.no_principal", trusting(Principal{Kind: "user", Name: strings.Repeat("ä", 5000), Account: dev}))
	if got := english.Because(c); len(got) > 1000 || !strings.Contains(got, "…") {
		t.Errorf("%d bytes: %q", len(got), got)
	}
}

func TestValuesAreListed(t *testing.T) {
	for _, test := range []struct {
		values []string
		want   string
	}{
		{nil, "nothing"},
		{[]string{"a"}, "a"},
		{[]string{"a", "b"}, "a or b"},
		{[]string{"a", "b", "c"}, "a, b or c"},
		{[]string{"a", "b", "c", "d", "e"}, "a, b or 3 others"},
		{[]string{""}, `""`},
	} {
		if got := (en{}).list(test.values, "or"); got != test.want {
			t.Errorf("%v: %q, want %q", test.values, got, test.want)
		}
	}
}
