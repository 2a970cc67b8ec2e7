// Package arn reads Amazon Resource Names and matches the patterns that
// policies write for them.
//
// It knows the form of an ARN, not which ARNs exist: all partitions (aws,
// aws-cn, aws-us-gov, aws-iso*, aws-eusc) are alike to it. Everything here is
// pure, deterministic and safe for concurrent use.
package arn

// ARN is a parsed Amazon Resource Name
// (IAM User Guide, "Identify AWS resources with ARNs").
type ARN struct {
	Partition string // aws, aws-cn, aws-us-gov, ...
	Service   string // iam, sts, ...
	Region    string // empty for IAM and STS principals
	Account   string // 12 digits, or empty
	Resource  string // everything behind the fifth colon
}

// Parse splits s at its first five colons. It says false when s has fewer
// segments or does not begin with "arn".
func Parse(s string) (ARN, bool) {
	p, ok := Split(s)
	if !ok || p[0] != "arn" || p[1] == "" || p[2] == "" {
		return ARN{}, false
	}
	return ARN{Partition: p[1], Service: p[2], Region: p[3], Account: p[4], Resource: p[5]}, true
}

// String is the ARN as AWS writes it; Parse(a.String()) gives a back.
func (a ARN) String() string {
	if a == (ARN{}) {
		return ""
	}
	return "arn:" + a.Partition + ":" + a.Service + ":" + a.Region + ":" + a.Account + ":" + a.Resource
}
