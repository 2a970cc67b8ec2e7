package locale

import "strconv"

// What AWS refused without asking a policy, by what of the call it was.

func (w en) mfaCodeFault(c *Cause) string {
	switch c.Detail.Kind {
	case "code":
		return "AWS did not accept the MFA code: it was wrong, used before, or too old"
	case "serial":
		return "AWS could not check the MFA code: the serial number is not that of an MFA device of the calling user"
	}
	return "AWS did not accept the MFA code or the serial number of the MFA device"
}

func (w en) mfaCodeNext(c *Cause) string {
	switch c.Detail.Kind {
	case "code":
		return "Wait for the next code of the device and try again."
	case "serial":
		return "Look up the serial number of your MFA device (aws iam list-mfa-devices), and try again with it (--serial-number)."
	}
	return "Wait for the next code, check the serial number (--serial-number) and try again."
}

func (w en) stsRegionFault(c *Cause) string {
	s := "STS is not active in " + w.regionName(c)
	if c.Of.ID == "" {
		return s + " for the role's account"
	}
	return s + " for " + w.account(c.Of)
}

func (w en) stsRegionNext(c *Cause) string {
	who := "the role's account"
	if c.Of.ID != "" {
		who = w.account(c.Of)
	}
	return "Use the endpoint of another region, or ask the owner of " + who + " to activate STS in that region (IAM, account settings)."
}

func (w en) regionName(c *Cause) string {
	if c.Region == "" {
		return "the region of the call"
	}
	return "region " + w.cut(c.Region)
}

// longestSession is the longest that a role's maximum can be, in seconds (IAM
// User Guide, "Update the maximum session duration for a role").
const longestSession = 43200

func (w en) durationFault(c *Cause) string {
	asked := ""
	if c.Detail.Got != "" {
		asked = " (" + w.cut(c.Detail.Got) + " seconds)"
	}
	if c.Detail.Kind == "chaining" {
		return "the call asks for a longer session" + asked + " than the one hour that a session made from another role's session may last"
	}
	if seconds, err := strconv.Atoi(c.Detail.Got); err == nil && seconds > longestSession {
		return "the call asks for a longer session" + asked + " than any role allows (" + strconv.Itoa(longestSession) + " seconds)"
	}
	s := "the call asks for a longer session" + asked + " than " + w.role(&c.Call) + " allows"
	if c.Detail.Wanted != "" {
		s += " (" + w.cut(c.Detail.Wanted) + " seconds)"
	}
	return s
}

func (w en) durationNext(c *Cause) string {
	if c.Detail.Kind == "chaining" {
		return "Ask for 3600 seconds or less (--duration-seconds in the AWS CLI); no setting of the role changes that."
	}
	if seconds, err := strconv.Atoi(c.Detail.Got); err == nil && seconds > longestSession && c.Detail.Wanted == "" {
		return "Ask for a shorter session (--duration-seconds in the AWS CLI): how long, the role's own maximum says."
	}
	ask := "Ask for a shorter session"
	if c.Detail.Wanted != "" {
		ask = "Ask for " + w.cut(c.Detail.Wanted) + " seconds or less"
	}
	return ask + " (--duration-seconds in the AWS CLI), or ask " + w.roleOwner(&c.Call) + " for a longer maximum."
}

func (w en) credentialsFault(c *Cause) string {
	who := w.principal(c.Caller)
	switch c.Detail.Kind {
	case "expired":
		return "the credentials of " + who + " have expired"
	case "invalid":
		return "AWS does not know the credentials of " + who + ": the access key or the session token is not valid"
	case "signature":
		return "the signature of the request is wrong: the secret access key does not fit the access key"
	case "clock":
		return "the request was signed too early or too late: the clock of the machine that signed it may be wrong"
	case "missing":
		return "the request was not signed: no credentials were found"
	}
	return "the credentials of " + who + " have expired or are not valid"
}

func (w en) credentialsNext(c *Cause) string {
	switch c.Detail.Kind {
	case "expired":
		return "Sign in again, then repeat the call."
	case "signature":
		return "Set the access key and its secret anew, as a pair, and try again."
	case "clock":
		return "Set the clock of that machine and try again."
	}
	return "Sign in again, or check which credentials the program uses (aws sts get-caller-identity)."
}

func (w en) invalidFault(c *Cause) string {
	switch c.Detail.Kind {
	case "role_arn":
		return "AWS did not accept the role's ARN as it was written"
	case "session_name":
		return "AWS did not accept the session name"
	case "external_id":
		return "AWS did not accept the form of the ExternalId"
	case "duration":
		return "AWS did not accept the duration of the session"
	case "packed_size":
		return "the session policy and the session tags of the call are together too large"
	case "session_policy":
		return "the session policy that was passed with the call is no policy that AWS can read"
	case "source_identity":
		return "the caller's session has a source identity already, and within a chain of roles it cannot be set to another"
	}
	if c.Detail.Kind == "unknown_code" {
		return "AWS answered the call with an error" + aside(w.cut(c.Detail.Got)) + " that is not known here; perhaps it did not accept the request as it was written"
	}
	return "AWS did not accept the request as it was written"
}

// throttledFault: AWS did not take the call, because there were too many or
// because of itself.
func (w en) throttledFault(c *Cause) string {
	if c.Detail.Kind == "service" {
		return "AWS failed by itself" + aside(w.cut(c.Detail.Got)) + ", perhaps because there were too many calls"
	}
	return "AWS slowed the caller down: too many calls in a short time"
}

func (w en) invalidNext(c *Cause) string {
	switch c.Detail.Kind {
	case "role_arn":
		return "Write the whole ARN, arn:aws:iam::ACCOUNT:role/NAME, and try again."
	case "session_name":
		return "Use 2 to 64 characters, all of them letters, digits or one of _=,.@+- (--role-session-name)."
	case "external_id":
		return "Use the ExternalId as the owner of the role gave it: 2 to 1224 characters without blanks."
	case "duration":
		return "Ask for 900 to 43200 seconds (--duration-seconds), and try again."
	case "packed_size":
		return "Pass fewer or shorter session tags, or a smaller session policy, and try again."
	case "session_policy":
		return "Correct the session policy (--policy), and try again."
	case "source_identity":
		return "Make the call without --source-identity: the session's own goes on by itself."
	}
	return "Read AWS's message, correct the request and try again."
}
