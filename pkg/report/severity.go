package report

// Severity is how much a denial weighs, for filters and for who reads many:
// "high" where a statement denies the call, or caller or role is outside the
// organization; "low" where no policy decided, or the call is allowed now; else
// "medium".
func (r *Report) Severity() string {
	if r.Verdict == "not_a_policy_denial" || r.Verdict == "allowed_now" {
		return "low"
	}
	if r.Accounts[r.Caller.Account].Outside || r.Accounts[r.Role.Account].Outside {
		return "high"
	}
	for i := range r.Layers {
		if r.Layers[i].Explicit && r.Layers[i].Result == "denies" {
			return "high"
		}
	}
	return "medium"
}
