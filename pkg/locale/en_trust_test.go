package locale

import (
	"strings"
	"testing"
)

// TestMoment: seconds are told as a date, and a time with an offset in UTC.
func TestMoment(t *testing.T) {
	for _, tt := range []struct{ key, value, want string }{
		{"aws:EpochTime", "1790812800", "2026-10-01 00:00:00Z (1790812800)"},
		{"aws:EpochTime", "2026-10-01", "2026-10-01"},
		{"aws:EpochTime", "-5", "-5"},
		{"aws:EpochTime", "99999999999999", "99999999999999"},
		{"AWS:currenttime", "2026-10-14T10:00:00+02:00", "2026-10-14 08:00:00Z (2026-10-14T10:00:00+02:00)"},
		{"aws:CurrentTime", "2026-10-14T10:00:00Z", "2026-10-14 10:00:00Z"},
		{"aws:MultiFactorAuthAge", "3600", "3600 seconds"},
		{"aws:MultiFactorAuthAge", "an hour", "an hour"},
		{"aws:PrincipalTag/until", "2026-10-14T10:00:00Z", "2026-10-14T10:00:00Z"},
	} {
		if got := moment(tt.key, tt.value); got != tt.want {
			t.Errorf("%s %s: %q, want %q", tt.key, tt.value, got, tt.want)
		}
	}
}

func TestLasted(t *testing.T) {
	for seconds, want := range map[string]string{
		"0": "0 s", "59": "59 s", "60": "1 min", "3599": "59 min", "3600": "1 h 0 min", "10937": "3 h 2 min", "-1": "", "": "", "x": "",
	} {
		if got := lasted(seconds); got != want {
			t.Errorf("%q: %q, want %q", seconds, got, want)
		}
	}
}

// TestAddressMore: why nobody can call from where the policy wants it.
func TestAddressMore(t *testing.T) {
	for _, tt := range []struct{ wanted, got, want string }{
		{"10.0.0.0/8 172.16.4.0/24", "203.0.113.7", "private"},
		{"10.0.0.0/8 192.0.2.0/24", "203.0.113.7", ""},
		{"10.0.0.0/8", "10.1.2.3", ""},
		{"192.0.2.0/24", "2001:db8::7", "IPv6"},
		{"192.0.2.0/24 2001:db8::/48", "2001:db9::7", ""},
		{"192.0.2.7", "2001:db8::7", "IPv6"},
		{"nonsense", "2001:db8::7", ""},
		{"192.0.2.0/24", "nonsense", ""},
	} {
		c := causeOf("trust.source_ip", cond("IpAddress", "aws:SourceIp", "present", strings.Fields(tt.wanted), []string{tt.got}))
		got := eng.addressMore(eng.ready(c))
		if (got == "") != (tt.want == "") || !strings.Contains(got, tt.want) {
			t.Errorf("%s against %s: %q, want %q", tt.got, tt.wanted, got, tt.want)
		}
	}
}

// TestStarAsItStands: only an operator without wildcards is warned of.
func TestStarAsItStands(t *testing.T) {
	for _, tt := range []struct {
		operator, value string
		want            bool
	}{
		{"StringEquals", "a*", true},
		{"ForAnyValue:StringEqualsIfExists", "a?", true},
		{"StringNotEquals", "a*", true},
		{"StringLike", "a*", false},
		{"ArnEquals", "a*", false},
		{"StringEquals", "a", false},
		{"StringEquals", "${aws:username}", false},
		{"NumericEquals", "*", false},
	} {
		c := causeOf("trust.principal_arn", cond(tt.operator, "aws:PrincipalArn", "present", []string{tt.value}, []string{"b"}))
		if got := eng.starAsItStands(eng.ready(c)); (got != "") != tt.want {
			t.Errorf("%s %s: %q", tt.operator, tt.value, got)
		}
	}
}
