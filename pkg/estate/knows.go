package estate

import "strings"

// Knows says whether the organization's file has the text of a policy, by its id
// (p-...) or by an ARN that ends in it.
func (o *Organization) Knows(policy string) bool {
	p := o.policies[policy[strings.LastIndexByte(policy, '/')+1:]]
	if p == nil {
		return false
	}
	_, ok := p.doc.Get()
	return ok
}

// Knows says whether the account's file has the text of a managed policy, by its
// ARN.
func (a *Account) Knows(policy string) bool {
	_, ok := a.document(policy).Get()
	return ok
}
