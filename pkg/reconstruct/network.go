package reconstruct

import (
	"net/netip"

	"github.com/assumewhy/assumewhy/pkg/request"
)

// networkKeys fills in the properties of the network. Behind a VPC endpoint
// aws:SourceIp is absent and the VPC keys are there; a service or "AWS
// Internal" in the place of the address hides the client's
// (IAM User Guide, "AWS global condition context keys", properties of the network).
func (b *builder) networkKeys() {
	b.secureTransport()
	for _, k := range []string{"aws:ViaCustomerDomain", "aws:VpceAccount", "aws:VpceOrgID", "aws:VpceOrgPaths"} {
		b.unknown(k, rule("not documented for AWS STS"))
	}
	names := []string{"aws:SourceIp", "aws:VpcSourceIp", "aws:SourceVpce", "aws:SourceVpc", "aws:SourceVpcArn"}
	if b.simulated() || b.textOnly() || b.relayed || b.rec.Doubts("vpcEndpointId") {
		for _, k := range names {
			b.unknown(k, event("sourceIPAddress"))
		}
		return
	}
	src, vpce := event("sourceIPAddress"), event("vpcEndpointId")
	ip := b.rec.SourceIP
	if a, err := netip.ParseAddr(ip); err != nil || a.Zone() != "" {
		ip = ""
	}
	if b.rec.EndpointID == "" {
		switch {
		case ip == "":
			b.unknown("aws:SourceIp", src)
		case b.signIn():
			b.add(request.Key{Name: "aws:SourceIp", Usually: request.KeyPresent, Values: []string{ip}, Origin: src})
		default:
			b.present("aws:SourceIp", src, ip)
		}
		for _, k := range names[1:] {
			b.absent(k, vpce)
		}
		return
	}
	b.absent("aws:SourceIp", vpce)
	b.value("aws:VpcSourceIp", ip, src)
	b.present("aws:SourceVpce", vpce, b.rec.EndpointID)
	b.sourceVPC()
}

func (b *builder) secureTransport() {
	const key = "aws:SecureTransport"
	if b.rec != nil && b.rec.HasTLS && !b.relayed {
		b.present(key, event("tlsDetails"), "true")
		return
	}
	b.add(request.Key{
		Name: key, State: request.KeyPresentAny, Usually: request.KeyPresent, Values: []string{"true"},
		Origin: rule("AWS STS accepts https only"),
	})
}

// sourceVPC asks the estate which VPC the endpoint stands in.
func (b *builder) sourceVPC() {
	o := inEstate("vpc-endpoints")
	vpc, arn := "", ""
	owner := first(b.rec.EndpointAccount, b.s.Caller.Account)
	if a, ok := b.est.Account(owner).Get(); ok {
		if e, ok := a.Endpoint(b.rec.EndpointID).Get(); ok {
			vpc = e.VPC
		}
	}
	if vpc != "" && b.rec.Region != "" {
		arn = "arn:" + first(b.s.Role.Partition, "aws") + ":ec2:" + b.rec.Region + ":" + owner + ":vpc/" + vpc
	}
	b.value("aws:SourceVpc", vpc, o)
	b.value("aws:SourceVpcArn", arn, o)
}

// network is the way that the call took. Where nothing is recorded of it, the
// operator may know the endpoint.
func (b *builder) network() request.Network {
	if b.relayed {
		return request.Network{}
	}
	if b.rec != nil && !b.rec.MessageOnly {
		return request.Network{
			EndpointID: b.rec.EndpointID, EndpointAccount: b.rec.EndpointAccount,
			Unread: b.rec.Doubts("vpcEndpointId"),
		}
	}
	id, _ := b.given("aws:SourceVpce")
	account, _ := b.given("aws:VpceAccount")
	return request.Network{EndpointID: id, EndpointAccount: account}
}
