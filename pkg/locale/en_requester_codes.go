package locale

// mine are the reasons that a caller may be told by their code, and what they
// can do about each themselves. Neither has a value that a policy wants.
type mine struct{ why, do string }

// enMine are the words by code. They speak to the caller.
var enMine = map[string]mine{
	"identity.mfa_required":         {"Your own permissions want a sign-in with MFA, and this one had none.", "Sign in with MFA and try again."},
	"identity.session_revoked":      {"The sessions of your role up to a certain time were revoked.", "Sign in again and try again."},
	"identity.quarantined":          {"AWS has put your access key in quarantine, as it does with keys that were found in public.", "Stop using this access key, and tell your security team."},
	"caller.root":                   {"You are signed in as the root user, and AWS lets no root user assume a role.", "Sign in as a user or through a role and try again."},
	"caller.federation_token":       {"Your credentials are of a kind that cannot assume roles (GetFederationToken).", "Use the credentials of your user or role itself."},
	"caller.self_assume":            {"You called with a session of the very role that you asked for, and it does not trust itself.", "You have its permissions already: go on without switching."},
	"caller.recreated":              {"The identity that your session was made with has been deleted since.", "Sign in again and try again."},
	"caller.chained_session":        {"", "Try from the identity that you signed in with first, instead of the role that you have switched to."},
	"role.not_a_role":               {"What you asked for is not a role.", "Give the ARN of the role: arn:aws:iam::ACCOUNT:role/NAME."},
	"trust.external_id_missing":     {"The role wants an external ID, and none is known to have been sent.", "Send the external ID that the role's owner has given you."},
	"trust.external_id_mismatch":    {"The role wants an external ID, and a different value was sent.", "Check the external ID that the role's owner has given you."},
	"trust.external_id_console":     {"The role wants an external ID, and the console cannot send one.", "Use the AWS CLI or an SDK with the external ID that the role's owner has given you."},
	"trust.mfa_missing":             {"The role wants a sign-in with MFA, and this one had none.", "Sign in with MFA and try again."},
	"trust.mfa_too_old":             {"The role wants a sign-in with MFA that is more recent than yours.", "Sign in with MFA again and try again."},
	"trust.mfa_lost_in_chain":       {"The role wants a sign-in with MFA, and the role that you came through may not carry it on.", "Try straight from the user that you sign in with."},
	"trust.source_ip":               {"The role cannot be assumed from the network address that you called from.", "Try from your company's network or VPN."},
	"trust.source_network":          {"The role cannot be assumed from the network that you called from.", "Try from the network that you usually work in."},
	"trust.requested_region":        {"The role cannot be assumed through the AWS region that you called.", "Try another region's endpoint of AWS STS."},
	"trust.session_name":            {"The role wants a session name of a certain form.", "Try with a session name of the form that your team uses."},
	"trust.source_identity":         {"The role wants a source identity, or another one than was sent.", "Try with the source identity that your team uses."},
	"trust.expired":                 {"The time for which this role is open has passed.", ""},
	"trust.not_yet_valid":           {"The time for which this role is open has not come yet.", ""},
	"scp.region_deny":               {"A policy of the organization does not allow the AWS region that you called.", "Try the AWS STS endpoint of the region that you work in."},
	"platform.propagation":          {"A change had not reached all of AWS yet.", "Try again."},
	"platform.changed_since":        {"What denied you has been changed since.", "Try again."},
	"platform.mfa_code":             {"AWS did not accept the MFA code.", "Try again with a new code."},
	"platform.sts_region":           {"AWS STS is not active in the region that you called.", "Try the endpoint of another region."},
	"platform.session_duration":     {"The session that you asked for is longer than this role allows.", "Ask for a shorter session: one hour always works."},
	"platform.credentials":          {"Your credentials have expired or are not valid.", "Sign in again and try again."},
	"platform.identity_token":       {"The token or assertion that was sent was not accepted.", "Sign in again at your identity provider and try again."},
	"platform.request_invalid":      {"AWS did not accept the call as it was written.", "Check the parameters of the call."},
	"platform.throttled":            {"Too many calls were made in a short time.", "Try again after a pause."},
	"evidence.contradiction":        {"Everything that can be seen allows this call.", "Try again."},
	"role.account_suspended":        {"The role's account is suspended or closed.", ""},
	"caller.account_suspended":      {"Your account is suspended or closed.", ""},
	"companion.tag_session":         {"You may assume the role, but not pass session tags to it.", "Try without session tags."},
	"companion.set_source_identity": {"You may assume the role, but not set a source identity.", "Try without a source identity."},
}
