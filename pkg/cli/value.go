package cli

import (
	"net/netip"
	"regexp"
	"strings"

	"github.com/assumewhy/assumewhy/pkg/arn"
	"github.com/assumewhy/assumewhy/pkg/eval"
	"github.com/assumewhy/assumewhy/pkg/reconstruct"
	"github.com/assumewhy/assumewhy/pkg/request"
)

// number is how a request carries a number.
var number = regexp.MustCompile(`^[+-]?[0-9]{1,18}(\.[0-9]{1,18})?$`)

// fits refuses what no call can carry: a value that is not of the key's type
// would decide conditions all the same, and wrongly. The value is not repeated.
func fits(where string, spec request.Spec, f reconstruct.Known) error {
	name := spec.Name
	if spec.Family {
		if len(f.Key) <= len(spec.Name) {
			return misuse("%s: %s wants a name behind the slash: write it as in %sNAME=VALUE", where, name, name)
		}
		name += "NAME"
	}
	for _, v := range f.Values {
		if wants := wanted(spec.Type, v); wants != "" {
			return misuse("%s: %s wants %s, without blanks around it", where, name, wants)
		}
	}
	return nil
}

// wanted is what a value of the type is, when v is none; else nothing
// (IAM User Guide, "IAM JSON policy elements: Condition operators").
func wanted(t request.Type, v string) string {
	switch t {
	case request.Bool:
		if !strings.EqualFold(v, "true") && !strings.EqualFold(v, "false") {
			return "true or false"
		}
	case request.Date:
		if _, ok := eval.Instant(v); !ok {
			return "a date such as 2026-10-14T09:26:53Z, or seconds since 1970"
		}
	case request.Numeric:
		if !number.MatchString(v) {
			return "a number such as 3600"
		}
	case request.IP:
		if a, err := netip.ParseAddr(v); err != nil || a.Zone() != "" {
			return "one IP address such as 203.0.113.7"
		}
	case request.ARNType:
		if a, ok := arn.Parse(v); !ok || a.Resource == "" || strings.TrimSpace(v) != v {
			return "an ARN such as arn:aws:iam::111111111111:role/Deployer"
		}
	case request.String:
	}
	return ""
}
