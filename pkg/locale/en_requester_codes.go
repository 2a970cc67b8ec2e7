package locale

import "strings"

// mine are the reasons that a caller may be told by their code, and what they
// can do about each themselves. Neither has a value that a policy wants. What may
// be doubtful of a reason stands in why as in enGraded.
type mine struct{ why, do string }

// enMine are the words by code. They speak to the caller.
var enMine = map[string]mine{
	"identity.mfa_required":         {"Your own permissions want a sign-in with MFA, and this one [had|probably had|may have had] none.", "Sign in with MFA, then try again."},
	"identity.session_revoked":      {"The sessions of your role up to a certain time were revoked, and yours [is|is probably|may be] one of them.", "Sign in again, then repeat the call."},
	"identity.quarantined":          {"AWS [has|has probably|may have] put your access key in quarantine, as it does with keys that were found in public.", "Stop using this access key, and tell your security team."},
	"caller.root":                   {"You [are|are probably|may be] signed in as the root user, and AWS lets no root user assume a role.", "Sign in as a user or through a role, then repeat the call."},
	"caller.federation_token":       {"Your credentials [are|are probably|may be] of a kind that cannot assume roles (GetFederationToken).", "Use the credentials of your user or role itself."},
	"caller.self_assume":            {"You called with a session of the very role that you asked for, and it [does not|probably does not|may not] trust itself.", "You have its permissions already: go on without switching."},
	"caller.recreated":              {"The identity that your session was made with [has|has probably|may have] been deleted since.", "Sign in again, then repeat the call."},
	"caller.chained_session":        {"", "Try from the identity that you signed in with first, instead of the role that you have switched to."},
	"role.not_a_role":               {"What you asked for [is not|is probably not|may not be] a role.", "Give the ARN of the role: arn:aws:iam::ACCOUNT:role/NAME."},
	"trust.external_id_missing":     {"The role wants an external ID, and [none|probably none|perhaps none] was sent.", "Send the external ID that the role's owner has given you."},
	"trust.external_id_mismatch":    {"The role wants an external ID, and [a different value was|probably a different value was|perhaps a different value was] sent.", "Check the external ID that the role's owner has given you."},
	"trust.external_id_console":     {"The role wants an external ID, and the console[|, which you probably used,|, which you may have used,] cannot send one.", "Use the AWS CLI or an SDK with the external ID that the role's owner has given you."},
	"trust.mfa_missing":             {"The role wants a sign-in with MFA, and this one [had|probably had|may have had] none.", "Sign in with MFA, then try again."},
	"trust.mfa_too_old":             {"The role wants a sign-in with MFA that is more recent than yours[| probably was| may have been].", "Sign in with MFA again, then repeat the call."},
	"trust.mfa_lost_in_chain":       {"The role wants a sign-in with MFA, and the role that you came through [does not|probably does not|may not] carry it on.", "Try straight from the user that you sign in with."},
	"trust.source_ip":               {"The role can be assumed from certain network addresses only, and yours [is not|is probably not|may not be] one of them.", "Try from your company's network or VPN."},
	"trust.source_network":          {"The role can be assumed from certain networks only, and yours [is not|is probably not|may not be] one of them.", "Try from the network that you usually work in."},
	"trust.requested_region":        {"The role can be assumed through certain AWS regions only, and the one that you called [is not|is probably not|may not be] one of them.", "Try another region's endpoint of AWS STS."},
	"trust.session_name":            {"The role wants a session name of a certain form, which yours [does not have|probably does not have|may not have].", "Try with a session name of the form that your team uses."},
	"trust.source_identity":         {"The role wants a source identity, and [none or another one|probably none or another one|perhaps none or another one] was sent.", "Try with the source identity that your team uses."},
	"trust.expired":                 {"The time for which this role is open [has|has probably|may have] passed.", ""},
	"trust.not_yet_valid":           {"The time for which this role is open [has not|has probably not|may not have] come yet.", ""},
	"scp.region_deny":               {"A policy of the organization [does not|probably does not|may not] allow the AWS region that you called.", "Try the AWS STS endpoint of the region that you work in."},
	"platform.propagation":          {"A change had [not|probably not|perhaps not] reached all of AWS yet.", "Try again."},
	"platform.changed_since":        {"What denied you has [been|probably been|perhaps been] changed since.", "Try again."},
	"platform.mfa_code":             {"AWS [did not accept|probably did not accept|may not have accepted] the MFA code.", "Try again with a new code."},
	"platform.sts_region":           {"AWS STS is [not|probably not|perhaps not] active in the region that you called.", "Try the endpoint of another region."},
	"platform.session_duration":     {"The session that you asked for is [longer|probably longer|perhaps longer] than this role allows.", "Ask for a shorter session: one hour always works."},
	"platform.credentials":          {"Your credentials have [expired|probably expired|perhaps expired] or are not valid.", "Sign in again, then repeat the call."},
	"platform.identity_token":       {"The token or assertion that was sent was [not|probably not|perhaps not] accepted.", "Sign in again at your identity provider, then repeat the call."},
	"platform.request_invalid":      {"AWS [did not accept|probably did not accept|may not have accepted] the call as it was written.", "Check the parameters of the call."},
	"platform.throttled":            {"[Too|Probably too|Perhaps too] many calls were made in a short time.", "Try again after a pause."},
	"evidence.contradiction":        {"Everything that can be seen allows this call.", "Try again."},
	"role.account_suspended":        {"The role's account is [suspended|probably suspended|perhaps suspended] or closed.", ""},
	"caller.account_suspended":      {"Your account is [suspended|probably suspended|perhaps suspended] or closed.", ""},
	"companion.tag_session":         {"You [may|may probably|may perhaps] assume the role, but not pass session tags to it.", "Try without session tags."},
	"companion.set_source_identity": {"You [may|may probably|may perhaps] assume the role, but not set a source identity.", "Try without a source identity."},
}

// enGraded picks, where a sentence has "[proved|likely|possible]", the words that
// claim no more than is known.
func enGraded(s, certain string) string {
	place := 0
	switch certain {
	case "likely":
		place = 1
	case "possible":
		place = 2
	}
	var b strings.Builder
	for {
		before, rest, found := strings.Cut(s, "[")
		b.WriteString(before)
		if !found {
			return b.String()
		}
		choice, after, _ := strings.Cut(rest, "]")
		b.WriteString(strings.Split(choice, "|")[place])
		s = after
	}
}
