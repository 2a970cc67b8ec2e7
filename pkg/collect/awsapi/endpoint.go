package awsapi

import "context"

// endpointList is vpc-endpoints.json.
type endpointList struct{ VpcEndpoints []endpointDetail }

// endpointDetail is what is kept of a VPC endpoint, by EC2's names
// (EC2 API Reference, "VpcEndpoint").
type endpointDetail struct {
	VpcEndpointID   string `xml:"vpcEndpointId" json:"VpcEndpointId"`
	VpcEndpointType string `xml:"vpcEndpointType" json:",omitempty"`
	VpcID           string `xml:"vpcId" json:"VpcId"`
	ServiceName     string `xml:"serviceName" json:",omitempty"`
	State           string `xml:"state" json:",omitempty"`
	PolicyDocument  string `xml:"policyDocument" json:",omitempty"`
	OwnerID         string `xml:"ownerId" json:"OwnerId,omitempty"`
}

// endpoint reads the VPC endpoint that the call came through. One that its
// owner's account does not have in that region is not known, since it may stand
// in another.
func (g *gathering) endpoint(k endpointKey) {
	c, f := g.of(k.account)
	if f != nil {
		g.gap(k.account, "", "", f)
		return
	}
	of := call{permission: "ec2:DescribeVpcEndpoints", account: k.account, region: k.region, subject: k.id}
	all, f := read(g, of, func(ctx context.Context) ([]endpointDetail, error) {
		return c.endpoints.vpcEndpoints(ctx, k.region, k.id)
	})
	if f != nil {
		g.gap(k.account, "endpoints", k.id, f)
		return
	}
	g.locked(func() { g.folder(k.account).endpoints = all })
}
