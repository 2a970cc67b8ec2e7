package slack

import (
	"net/url"
	"regexp"
	"strings"

	"github.com/assumewhy/assumewhy/pkg/report"
)

// Links are addresses of https; an empty one is no link.
type Links struct {
	Report string // of the report, where it is kept: whoever sends knows it
	Trail  string // of the event in CloudTrail's console
	Role   string // of the role in IAM's console
}

// consoles are the hosts of AWS's console, by partition (AWS General Reference,
// "AWS Management Console"; Amazon Web Services in China, "Endpoints"; AWS
// GovCloud (US) User Guide, "Accessing the console").
var consoles = map[string]struct{ host, home string }{
	"aws":        {"console.aws.amazon.com", "us-east-1"},
	"aws-cn":     {"console.amazonaws.cn", "cn-north-1"},
	"aws-us-gov": {"console.amazonaws-us-gov.com", "us-gov-west-1"},
}

var (
	region  = regexp.MustCompile(`^[a-z]{2}(-[a-z]+)+-[0-9]{1,2}$`)
	eventID = regexp.MustCompile(`^[0-9A-Za-z-]{8,64}$`)
)

// Console adds to links the event and the role in the console of the role's
// partition, where the report has what such an address needs. The reader has to
// be signed in to the account: the console's addresses do not name it. There is
// no link to a role that is not there, or outside the organization.
func Console(links Links, r *report.Report) Links {
	partition := partitionOf(r.Role.ARN)
	if partition == "" {
		partition = partitionOf(r.Caller.ARN)
	}
	c, ok := consoles[partition]
	if !ok {
		return links
	}
	if id, at := r.Event.ID, r.Event.Region; links.Trail == "" && eventID.MatchString(id) && region.MatchString(at) {
		links.Trail = "https://" + at + "." + c.host + "/cloudtrailv2/home?region=" + at + "#/events/" + id
	}
	_, path, isRole := strings.Cut(r.Role.ARN, ":role/")
	if links.Role == "" && isRole && path != "" && r.Role.Exists == "yes" && !r.Accounts[r.Role.Account].Outside {
		name := path[strings.LastIndexByte(path, '/')+1:]
		links.Role = "https://" + c.home + "." + c.host + "/iam/home?region=" + c.home + "#/roles/details/" + url.PathEscape(name)
	}
	return links
}

// partitionOf is the partition of an ARN, or empty.
func partitionOf(arn string) string {
	parts := strings.SplitN(arn, ":", 3)
	if len(parts) < 3 || parts[0] != "arn" {
		return ""
	}
	return parts[1]
}
