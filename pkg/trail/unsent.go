package trail

import (
	"encoding/json"
	"strings"
)

// A complaint is what a client says by itself, before or instead of a call of
// AWS: words that it holds, in lower case, and what they mean.
type complaint struct {
	words  []string
	advice string
}

// nothingSent is what all of them have in common that come before a call.
const nothingSent = "so no call reached AWS and no policy denied one: "

// complaints are those that people take for a denial, the first that fits (AWS
// CLI User Guide, "Troubleshooting errors"; AWS SDKs and Tools Reference Guide,
// "Standardized credential providers").
var complaints = []complaint{
	{
		[]string{"sso session", "sso token", "token from sso", "refresh failed", "error loading sso"},
		"the client's own message: the sign-in with IAM Identity Center has expired or was never made, " + nothingSent + "run aws sso login for the profile, then try again",
	},
	{
		[]string{"config profile (", "failed to get shared config profile", "profile not found"},
		"the client's own message: there is no profile of that name in its configuration, " + nothingSent + "aws configure list-profiles shows the names that there are",
	},
	{
		[]string{
			"unable to locate credentials", "nocredential", "no valid credential", "no valid providers in chain", "partial credentials",
			"unable to load aws credentials", "unable to load credentials", "could not load credentials", "credentialsprovidererror",
			"failed to refresh cached credentials", "failed to retrieve credentials", "no ec2 imds role found",
		},
		"the client's own message: it found no credentials, " + nothingSent + "sign in (aws sso login, or aws configure), or name a profile with --profile",
	},
	{
		[]string{"you must specify a region", "missing region", "missingregion", "invalid endpoint", "noregionerror"},
		"the client's own message: it was told no region, or a wrong one, " + nothingSent + "set AWS_REGION, or give --region",
	},
	{
		[]string{"could not connect to the endpoint", "connect timeout on endpoint", "no such host"},
		"the client's own message: it could not reach the endpoint of STS, " + nothingSent + "check the network, the region's name and the proxy",
	},
	{
		[]string{"expiredtoken", "requestexpired"},
		"an error about expired credentials, with no word of a role switch: sign in again, or get new credentials, then try again",
	},
	{
		[]string{"could not switch roles"},
		"it names neither who switched nor to which role: hand over the CloudTrail record of the attempt (AssumeRole or SwitchRole, in the account of who switched), or ask assumewhy simulate --principal ARN --role ARN",
	},
}

// unrecognized says why text is nothing that can be explained, and what would be.
func unrecognized(text string) string {
	low := strings.ToLower(text)
	for _, c := range complaints {
		for _, w := range c.words {
			if strings.Contains(low, w) {
				return c.advice
			}
		}
	}
	switch {
	case strings.Contains(text, strings.TrimSpace(wordEncoded)):
		return "an encoded authorization failure message, which AWS STS does not write: aws sts decode-authorization-message reads it"
	case json.Valid([]byte(text)):
		return "is JSON, but no CloudTrail record: hand over the whole record, from its { to its }"
	}
	return "neither JSON nor an error message of AWS: hand over CloudTrail records, or the message, such as \"User: ... is not authorized to perform: sts:AssumeRole on resource: ...\""
}
