package locale

import "strings"

// enNever are keys that no call to assume a role has (service authorization
// reference, AWS STS: keys of other actions).
var enNever = map[string]bool{
	"sts:durationseconds": true, "sts:awsservicename": true, "sts:identitytokenaudience": true,
	"sts:signingalgorithm": true, "sts:taskpolicyarn": true,
}

// neverHeld is why a condition can never be met by this call or this caller.
func (w en) neverHeld(c *Cause) string {
	key := strings.ToLower(c.Condition.Key)
	switch {
	case key == "aws:multifactorauthpresent" && !c.Condition.ifExists() && c.Condition.State != "present":
		return "A call with a long-term access key has no such key unless an MFA code is sent, and Bool does not match a key that is not there; BoolIfExists does."
	case c.Condition.State != "absent" && key != "aws:referer":
		return ""
	case enNever[key]:
		return "No call of " + c.Action + " has this key, so that no call meets the condition."
	case key == "aws:username":
		return "Only IAM users have a user name."
	case key == "aws:referer":
		return "Browsers send it with requests for a web page; a call to STS has none."
	}
	return ""
}

// ofSeveral begins a sentence on how near the values came; of several that are
// wanted it names the one that is meant.
func (w en) ofSeveral(c *Cause, start string) string {
	if len(c.Condition.Wanted) > 1 && c.Detail.Wanted != "" && !strings.EqualFold(c.Condition.Key, "sts:ExternalId") {
		return w.cut(c.Detail.Wanted) + " and what came differ"
	}
	return start
}
