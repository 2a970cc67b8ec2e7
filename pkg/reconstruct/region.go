package reconstruct

import (
	"strings"

	"github.com/assumewhy/assumewhy/pkg/request"
	"github.com/assumewhy/assumewhy/pkg/trail"
)

// regionKey is the region that the record was logged in: us-east-1 for the
// global endpoint wherever it was served
// (IAM User Guide, "Manage AWS STS in an AWS Region").
func (b *builder) regionKey() {
	const key = "aws:RequestedRegion"
	if b.simulated() || b.rec.Region == "" {
		b.presentAny(key, event("awsRegion"))
		return
	}
	if regionDisagrees(b.rec) {
		b.presentAny(key, event("tlsDetails.clientProvidedHostHeader"))
		return
	}
	if b.signIn() {
		b.add(request.Key{
			Name: key, State: request.KeyPresentAny, Usually: request.KeyPresent,
			Values: []string{b.rec.Region}, Origin: event("awsRegion"),
		})
		return
	}
	b.present(key, event("awsRegion"), b.rec.Region)
}

// regionDisagrees says that endpoint type or host name another region than
// awsRegion. The region within an sts-global host, and awsServingRegion, say
// where the call was served, not which region it asked for.
func regionDisagrees(r *trail.Record) bool {
	host, _, _ := strings.Cut(strings.ToLower(r.Host), ":")
	host = strings.TrimSuffix(host, ".")
	region := hostRegion(host)
	if strings.EqualFold(r.EndpointType, "global") || host == "sts.amazonaws.com" || strings.HasPrefix(host, "sts-global.") {
		region = first(region, "us-east-1")
		if r.Region != "us-east-1" {
			return true
		}
	}
	return region != "" && region != strings.ToLower(r.Region)
}

// hostRegion is the region in the name of a Regional endpoint of AWS STS, or
// nothing: sts.REGION.amazonaws.com, sts-fips.REGION.amazonaws.com,
// VPCE.sts.REGION.vpce.amazonaws.com, in every partition
// (AWS General Reference, "AWS Security Token Service endpoints and quotas").
func hostRegion(host string) string {
	labels := strings.Split(host, ".")
	for i := range len(labels) - 1 {
		if (labels[i] == "sts" || labels[i] == "sts-fips") && strings.Count(labels[i+1], "-") >= 2 {
			return labels[i+1]
		}
	}
	return ""
}
