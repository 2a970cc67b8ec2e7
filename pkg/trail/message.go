package trail

import (
	"regexp"
	"strings"
)

// ParseMessage reads an errorMessage of CloudTrail, or the error text of a
// client. What it says is a hint: STS echoes the role ARN that it was asked for,
// so a caller can write into the message.
func ParseMessage(s string) Hint {
	cut := len(s) >= maxMessage
	s = strings.TrimSpace(s)
	if !strings.HasPrefix(s, wordUser) {
		s = s[len(clientWords.FindString(s)):]
	}
	if s == "" {
		return Hint{}
	}
	if h, ok := parseDenied(s, cut); ok {
		return h
	}
	if action, ok := strings.CutPrefix(s, "Not authorized to perform "); ok {
		return notAuthorized(action)
	}
	for _, m := range fixed {
		if m.fits(s) {
			return Hint{Form: m.form}
		}
	}
	return Hint{Form: FormOther}
}

// clientWords are those that some services let stand before AWS's message.
var clientWords = regexp.MustCompile(`^(?:An error occurred \([\w.]+\) when calling the \w+ operation(?: \([^)]*\))?: |(?:AccessDenied\w*|\w+Exception): )`)

// maxMessage is where CloudTrail cuts errorMessage, in bytes (CloudTrail User
// Guide, "CloudTrail record contents").
const maxMessage = 1024

// notAuthorized reads the forms without caller and resource.
func notAuthorized(rest string) Hint {
	action, _, _ := strings.Cut(rest, " ")
	h := Hint{Form: FormOther, Action: strings.TrimRight(action, ".")}
	switch {
	case strings.HasPrefix(action, "sts:AssumeRoleWith"):
		h.Form = FormFederated
	case strings.HasPrefix(action, "sts:"):
		h.Form = FormPlain
	}
	return h
}

// A phrase is how a message begins, or what stands somewhere in it.
type phrase struct {
	begin, has string
	form       Form
}

func (p phrase) fits(s string) bool {
	return strings.HasPrefix(s, p.begin) && strings.Contains(s, p.has)
}

// fixed are AWS's messages that name neither caller nor action (AWS STS API
// Reference, errors of the AssumeRole calls; IAM User Guide, "Troubleshoot IAM
// roles"). Words in the middle of a message are looked for only where AWS begins
// it with a value.
var fixed = []phrase{
	{begin: "An unknown error occurred", form: FormOpaque},
	{begin: "Roles may not be assumed by root accounts", form: FormRoot},
	{begin: "MultiFactorAuthentication failed", form: FormMFA},
	{begin: "The requested DurationSeconds exceeds", form: FormDuration},
	{begin: "STS is not activated in ", form: FormRegion},
	// The console's, in the languages in which AWS has published it (AWS
	// Knowledge Center, "How do I resolve issues with switching IAM roles").
	{begin: "Invalid information in one or more fields", form: FormConsole},
	{begin: "一个或多个字段中的信息无效", form: FormConsole},
	{begin: "La información en uno o más campos no es válida", form: FormConsole},
	{begin: "Información no válida en uno o más campos", form: FormConsole},
	{begin: "1 つ以上のフィールドに無効な情報があります", form: FormConsole},
	{begin: "The request was denied due to a VPC endpoint policy", form: FormEndpoint},
	{begin: "Unauthorized Exception! EKS does not have permissions to assume", form: FormPodIdentity},
	{begin: "The source identity is already set", form: FormSourceIdentity},

	{begin: "The security token included in the request is", form: FormCredentials},
	{begin: "The provided token has expired", form: FormCredentials},
	{begin: "The request signature we calculated does not match", form: FormCredentials},
	{begin: "Signature expired", form: FormCredentials},
	{begin: "Signature not yet current", form: FormCredentials},
	{begin: "Request is missing Authentication Token", form: FormCredentials},

	{begin: "No OpenIDConnect provider found in your account", form: FormIdentityToken},
	{begin: "Incorrect token audience", form: FormIdentityToken},
	{begin: "Couldn't retrieve verification key from your identity provider", form: FormIdentityToken},
	{begin: "OpenIDConnect provider's HTTPS certificate doesn't match", form: FormIdentityToken},
	{begin: "Token expired", form: FormIdentityToken},
	{begin: "The ID Token provided is not a valid JWT", form: FormIdentityToken},
	{begin: "The web identity token that was passed", form: FormIdentityToken},
	{begin: "Provided Token", form: FormIdentityToken},
	{begin: "Invalid identity token", form: FormIdentityToken},
	{begin: "Missing a required claim", form: FormIdentityToken},
	{begin: "Specified provider doesn't exist", form: FormIdentityToken},
	{begin: "Response signature invalid", form: FormIdentityToken},
	{begin: "Issuer not present in specified provider", form: FormIdentityToken},
	{begin: "Token must be redeemed within", form: FormIdentityToken},
	{begin: "Invalid SAML", form: FormIdentityToken},
	{begin: "Your request included an invalid SAML response", form: FormIdentityToken},

	{begin: "Rate exceeded", form: FormThrottled},
	{begin: "Request limit exceeded", form: FormThrottled},
	{begin: "Throttling", form: FormThrottled},

	{begin: "Packed policy consumes", form: FormInvalid},
	{begin: "Packed size of session tags consumes", form: FormInvalid},
	{begin: "Syntax errors in policy", form: FormInvalid},
	{begin: "This policy contains invalid Json", form: FormInvalid},
	{begin: "MalformedPolicy", form: FormInvalid},
	{begin: "The specified value for roleSessionName is invalid", form: FormInvalid},
	{begin: "Request ARN is invalid", form: FormInvalid},
	{begin: "arn:", has: " is invalid", form: FormInvalid},
	{has: " validation error detected: ", form: FormInvalid},
	{has: " validation errors detected: ", form: FormInvalid},
}
