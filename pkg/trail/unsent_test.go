package trail

import (
	"strings"
	"testing"
)

// TestUnsent: what a client says by itself is told from a denial, with what to do
// about it; words of AWS beside it are explained all the same.
func TestUnsent(t *testing.T) {
	for text, want := range map[string]string{
		`Unable to locate credentials. You can configure credentials by running "aws configure".`:     "it found no credentials, so no call reached AWS",
		"aws: [ERROR]: Unable to retrieve credentials: The config profile (prod) could not be found":  "there is no profile of that name",
		"The config profile (prod) could not be found":                                                "aws configure list-profiles",
		"botocore.exceptions.NoCredentialsError: ...":                                                 "it found no credentials",
		"NoCredentialProviders: no valid providers in chain. Deprecated.":                             "it found no credentials",
		"Error when retrieving token from sso: Token has expired and refresh failed":                  "run aws sso login",
		"You must specify a region. You can also configure your region by running \"aws configure\".": "told no region",
		`Could not connect to the endpoint URL: "https://sts.eu-west-9.amazonaws.com/"`:               "could not reach the endpoint",
		"ExpiredToken": "sign in again",
		"Could not switch roles using the provided information.": "names neither who switched nor to which role",
		"nothing of the kind": "neither JSON nor an error message of AWS",
	} {
		list, faults := decodeAll(t, text+"\n")
		if len(list) != 0 || len(faults) != 1 || !strings.Contains(faults[0], want) {
			t.Errorf("%s: %d records, %q, want %q", text, len(list), faults, want)
		}
	}
	const both = "Unable to locate credentials.\nUser: arn:aws:iam::111122223333:user/bob is not authorized to perform: sts:AssumeRole on resource: arn:aws:iam::444455556666:role/R\n"
	if list, faults := decodeAll(t, both); len(list) != 1 || len(faults) != 0 {
		t.Errorf("beside a denial: %d records, %q", len(list), faults)
	}
}
