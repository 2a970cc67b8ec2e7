package reconstruct_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/assumewhy/assumewhy/pkg/request"
)

var network = []string{"aws:SourceIp", "aws:VpcSourceIp", "aws:SourceVpce", "aws:SourceVpc", "aws:SourceVpcArn"}

// TestNetworkKeys: behind an endpoint aws:SourceIp is absent and the VPC keys
// are there; the name of a service hides the address.
func TestNetworkKeys(t *testing.T) {
	vpce := func(id, owner, ip string) map[string]string {
		e := map[string]string{"vpcEndpointId": `"` + id + `"`, "sourceIPAddress": `"` + ip + `"`}
		if owner != "" {
			e["vpcEndpointAccountId"] = `"` + owner + `"`
		}
		return e
	}
	const vpcARN = "arn:aws:ec2:eu-west-1:" + ours + ":vpc/vpc-1"
	from := func(ip string) map[string]string { return map[string]string{"sourceIPAddress": ip} }
	tests := []struct {
		name, caller string
		edits        map[string]string
		want         string // of network, in its order
	}{
		{"address", "user", nil, "203.0.113.10; absent; absent; absent; absent"},
		{"IPv6", "user", from(`"2001:db8::1"`), "2001:db8::1; absent; absent; absent; absent"},
		{"IPv6 with a zone", "user", from(`"fe80::1%<b>"`), "unknown; absent; absent; absent; absent"},
		{"console", "user", from(`"AWS Internal"`), "unknown; absent; absent; absent; absent"},
		{"service", "role", from(`"athena.amazonaws.com"`), "unknown; absent; absent; absent; absent"},
		{"no address", "user", from(""), "unknown; absent; absent; absent; absent"},
		{"endpoint", "user", vpce("vpce-1", ours, "10.0.0.7"), "absent; 10.0.0.7; vpce-1; vpc-1; " + vpcARN},
		{"endpoint, owner not said", "user", vpce("vpce-1", "", "10.0.0.7"), "absent; 10.0.0.7; vpce-1; vpc-1; " + vpcARN},
		{"endpoint that is not known", "user", vpce("vpce-2", ours, "10.0.0.7"), "absent; 10.0.0.7; vpce-2; present_unknown; present_unknown"},
		{"endpoint of a foreign account", "user", vpce("vpce-1", "777777777777", "10.0.0.7"), "absent; 10.0.0.7; vpce-1; present_unknown; present_unknown"},
		{"endpoint, no address", "user", vpce("vpce-1", ours, "AWS Internal"), "absent; present_unknown; vpce-1; vpc-1; " + vpcARN},
		{"token behind an endpoint", "oidc", vpce("vpce-1", "", "10.0.0.7"), "absent; 10.0.0.7; vpce-1; present_unknown; present_unknown"},
		{"sign-in", "user", signIn, "unknown, usually present 203.0.113.10; absent; absent; absent; absent"},
		{"message alone", "text User: " + asUser + message, nil, "unknown; unknown; unknown; unknown; unknown"},
		{"simulated", "simulate " + asUser, nil, "unknown; unknown; unknown; unknown; unknown"},
	}
	for _, c := range tests {
		t.Run(c.name, func(t *testing.T) {
			r := ask(t, c.caller, c.edits, whole(t))
			var got []string
			for _, k := range network {
				got = append(got, told(r.Keys.Get(strings.ToLower(k))))
			}
			if diff := cmp.Diff(c.want, strings.Join(got, "; ")); diff != "" {
				t.Errorf("-want +got\n%s", diff)
			}
			keys(t, r, map[string]string{
				"aws:ViaCustomerDomain": "unknown", "aws:VpceAccount": "unknown", "aws:VpceOrgID": "unknown", "aws:VpceOrgPaths": "unknown",
			})
		})
	}
}

// signIn makes a record the console's own of a role switch.
var signIn = map[string]string{
	"eventSource": `"signin.amazonaws.com"`, "eventName": `"SwitchRole"`, "errorMessage": "", "tlsDetails": "",
	"responseElements": `{"SwitchRole":"Failure"}`, "additionalEventData": `{"SwitchTo":"` + roleARN + `"}`, "userAgent": `"Mozilla/5.0"`,
}

// TestNetwork is which endpoint's policy has a say.
func TestNetwork(t *testing.T) {
	vpce := map[string]string{"vpcEndpointId": `"vpce-1"`, "vpcEndpointAccountId": `"` + theirs + `"`}
	for name, c := range map[string]struct {
		caller string
		edits  map[string]string
		want   request.Network
	}{
		"none":      {"user", nil, request.Network{}},
		"recorded":  {"user", vpce, request.Network{EndpointID: "vpce-1", EndpointAccount: theirs}},
		"simulated": {"simulate " + asUser, nil, request.Network{EndpointID: "vpce-9"}},
		"message":   {"text User: " + asUser + message, nil, request.Network{EndpointID: "vpce-9"}},
	} {
		t.Run(name, func(t *testing.T) {
			r := ask(t, c.caller, c.edits, nothing(), know("aws:SourceVpce", "vpce-9"))
			if diff := cmp.Diff(c.want, r.Network); diff != "" {
				t.Errorf("-want +got\n%s", diff)
			}
		})
	}
}

func TestSecureTransport(t *testing.T) {
	const usually = "present_unknown, usually present true"
	for caller, want := range map[string]string{"user": "true", "oidc": "true", "text User: " + asUser + message: usually, "simulate " + asUser: usually} {
		keys(t, ask(t, caller, nil, nothing()), map[string]string{"aws:SecureTransport": want})
	}
	keys(t, ask(t, "user", map[string]string{"tlsDetails": ""}, nothing()), map[string]string{"aws:SecureTransport": usually})
}
