package trail

// identity reads userIdentity (CloudTrail User Guide, "CloudTrail userIdentity
// element").
func identity(v value) Identity {
	var id Identity
	members(v, func(key []byte, m value) {
		switch string(key) {
		case "type":
			id.Type = m.text()
		case "principalId":
			id.PrincipalID = m.text()
		case "arn":
			id.ARN = m.text()
		case "accountId":
			id.Account = m.text()
		case "accessKeyId":
			id.AccessKeyID = m.text()
		case "userName":
			id.UserName = m.text()
		case "invokedBy":
			id.InvokedBy = m.text()
		case "identityProvider":
			id.Provider = m.text()
		case "onBehalfOf":
			id.OnBehalfOf = m.get("userId").text()
		case "inScopeOf":
			id.Scope = inScope(m)
		case "sessionContext":
			id.Session = session(m)
		}
	})
	return id
}

// inScope reads userIdentity.inScopeOf.
func inScope(v value) *Scope {
	if v[0] != '{' {
		return nil
	}
	s := &Scope{}
	members(v, func(key []byte, m value) {
		switch string(key) {
		case "issuerType":
			s.IssuerType = m.text()
		case "credentialsIssuedTo":
			s.CredentialsIssuedTo = m.text()
		case "sourceArn":
			s.SourceARN = m.text()
		case "sourceAccount":
			s.SourceAccount = m.text()
		}
	})
	return s
}

// session reads userIdentity.sessionContext.
func session(v value) *Session {
	if v[0] != '{' {
		return nil
	}
	s := &Session{}
	members(v, func(key []byte, m value) {
		switch string(key) {
		case "sessionIssuer":
			s.issuer(m)
		case "attributes":
			s.Created = m.get("creationDate").instant()
			s.MFA = m.get("mfaAuthenticated").text()
		case "sourceIdentity":
			s.SourceIdentity = m.text()
		case "webIdFederationData":
			s.FederatedProvider = m.get("federatedProvider").text()
		case "ec2RoleDelivery":
			s.RoleDelivery = m.text()
		case "assumedRoot":
			s.AssumedRoot = m.text()
		case "signInSessionArn":
			s.SignInSession = m.text()
		}
	})
	return s
}

// issuer reads sessionContext.sessionIssuer, which is {} for the session of a
// user.
func (s *Session) issuer(v value) {
	members(v, func(key []byte, m value) {
		switch string(key) {
		case "type":
			s.IssuerType = m.text()
		case "principalId":
			s.IssuerID = m.text()
		case "arn":
			s.IssuerARN = m.text()
		case "accountId":
			s.IssuerAccount = m.text()
		case "userName":
			s.IssuerName = m.text()
		}
	})
}
