package reconstruct_test

import "testing"

// TestRegion: awsRegion is the value of aws:RequestedRegion, us-east-1 for the
// global endpoint wherever it was served. Where the endpoint says another
// region, the value is not known.
func TestRegion(t *testing.T) {
	const doubt = "present_unknown"
	tests := []struct{ name, region, host, endpoint, want string }{
		{"regional", "eu-west-1", "sts.eu-west-1.amazonaws.com", "regional", "eu-west-1"},
		{"regional, other region", "us-east-1", "sts.eu-west-1.amazonaws.com", "", doubt},
		{"regional, port and case", "eu-west-1", "STS.EU-West-1.amazonaws.com:443", "", "eu-west-1"},
		{"other region, port", "us-east-1", "sts.eu-west-1.amazonaws.com:443", "", doubt},
		{"global", "us-east-1", "sts.amazonaws.com", "global", "us-east-1"},
		{"global, final dot", "us-east-1", "sts.amazonaws.com.", "", "us-east-1"},
		{"global, logged elsewhere", "eu-west-1", "sts.amazonaws.com", "", doubt},
		{"global, port, logged elsewhere", "eu-west-1", "sts.amazonaws.com:443", "", doubt},
		{"global by type, logged elsewhere", "eu-west-1", "", "global", doubt},
		{"global by type, regional host", "us-east-1", "sts.eu-west-1.amazonaws.com", "global", doubt},
		{"global served in eu-west-1", "us-east-1", "sts-global.eu-west-1.amazonaws.com", "global", "us-east-1"},
		{"global served there and logged there", "eu-west-1", "sts-global.eu-west-1.amazonaws.com", "", doubt},
		{"china", "cn-north-1", "sts.cn-north-1.amazonaws.com.cn", "regional", "cn-north-1"},
		{"china, other region", "cn-northwest-1", "sts.cn-north-1.amazonaws.com.cn", "", doubt},
		{"endpoint", "eu-west-1", "vpce-0abc-def.sts.eu-west-1.vpce.amazonaws.com", "", "eu-west-1"},
		{"endpoint, zone", "eu-west-1", "vpce-0abc-def-eu-west-1a.sts.eu-west-1.vpce.amazonaws.com", "", "eu-west-1"},
		{"endpoint, other region", "us-east-1", "vpce-0abc-def.sts.eu-west-1.vpce.amazonaws.com", "", doubt},
		{"fips", "us-east-1", "sts-fips.us-east-1.amazonaws.com", "", "us-east-1"},
		{"fips, other region", "us-east-2", "sts-fips.us-east-1.amazonaws.com", "", doubt},
		{"govcloud", "us-gov-west-1", "sts.us-gov-west-1.amazonaws.com", "", "us-gov-west-1"},
		{"govcloud, other region", "us-gov-east-1", "sts.us-gov-west-1.amazonaws.com", "", doubt},
		{"dual stack", "eu-west-1", "sts.eu-west-1.api.aws", "", "eu-west-1"},
		{"no host", "eu-west-1", "", "", "eu-west-1"},
		{"another host", "eu-west-1", "proxy.example.com", "", "eu-west-1"},
		{"no region", "", "sts.eu-west-1.amazonaws.com", "", doubt},
	}
	for _, c := range tests {
		t.Run(c.name, func(t *testing.T) {
			r := ask(t, "user", map[string]string{
				"awsRegion": `"` + c.region + `"`, "tlsDetails": `{"clientProvidedHostHeader":"` + c.host + `"}`,
				"additionalEventData": `{"RequestDetails":{"endpointType":"` + c.endpoint + `","awsServingRegion":"ap-south-1"}}`,
			}, nothing())
			keys(t, r, map[string]string{"aws:RequestedRegion": c.want})
		})
	}
	keys(t, ask(t, "user", signIn, nothing()), map[string]string{"aws:RequestedRegion": "present_unknown, usually present eu-west-1"})
	keys(t, ask(t, "simulate "+asUser, nil, nothing()), map[string]string{"aws:RequestedRegion": doubt})
	keys(t, ask(t, "text User: "+asUser+message, nil, nothing()), map[string]string{"aws:RequestedRegion": doubt})
}
