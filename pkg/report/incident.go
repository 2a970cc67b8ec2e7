package report

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strings"

	"github.com/assumewhy/assumewhy/pkg/request"
)

// incident names one attempt that is made again and again: the first 16 hex
// digits of SHA-256 over "v1", API family, caller and role, joined by newlines.
// The console's two records of one attempt (AssumeRole and SwitchRole) are one
// incident.
func incident(in Input, r *Report) string {
	pieces := []string{"v1", family(in)}
	pieces = append(pieces, callerPieces(in)...)
	return digest(append(pieces, r.Role.ARN))
}

// fingerprint names what was found about an incident: the same digest over the
// incident and the sorted codes that are proved or likely, each once.
func fingerprint(r *Report) string {
	var codes []string
	for _, c := range r.Causes {
		if c.Certainty == "proved" || c.Certainty == "likely" {
			codes = append(codes, c.Code)
		}
	}
	slices.Sort(codes)
	return digest(append([]string{r.Incident}, slices.Compact(codes)...))
}

func digest(pieces []string) string {
	sum := sha256.Sum256([]byte(strings.Join(pieces, "\n")))
	return hex.EncodeToString(sum[:])[:16]
}

// family is the API that was called: AssumeRole and its kin. The console's
// SwitchRole is AssumeRole.
func family(in Input) string {
	name := ""
	if rec := in.Subject.Record; rec != nil && !in.Simulated {
		name = rec.Name
	}
	if name == "" && in.Request != nil && len(in.Request.Actions) > 0 {
		name = strings.TrimPrefix(in.Request.Actions[0].Name, "sts:")
	}
	if name == "" || name == "SwitchRole" {
		return "AssumeRole"
	}
	return name
}

// callerPieces is who calls, without what changes from one attempt to the next:
// for a session its role, for a token its provider and subject.
func callerPieces(in Input) []string {
	c := asks(in)
	switch c.Kind {
	case request.RoleSession:
		if c.RoleARN != "" {
			return []string{c.RoleARN}
		}
		return []string{sessionRole(c.ARN)}
	case request.OIDC, request.SAML:
		return []string{provider(c), repository(subject(c))}
	default:
		return []string{c.ARN}
	}
}

func provider(c request.Caller) string {
	if c.Provider != "" {
		return c.Provider
	}
	return c.ARN
}

// subject is the token's sub: CloudTrail's user name of such a caller.
func subject(c request.Caller) string {
	if c.UserName != "" {
		return c.UserName
	}
	return subjectOf(c.PrincipalID, provider(c))
}

// subjectOf takes the subject out of "<provider>:<audience>:<subject>". An
// audience may be a URL.
func subjectOf(principalID, provider string) string {
	rest, ok := strings.CutPrefix(principalID, provider+":")
	if !ok {
		return principalID
	}
	skip := 0
	for _, scheme := range []string{"https://", "http://"} {
		if strings.HasPrefix(rest, scheme) {
			skip = len(scheme)
		}
	}
	switch {
	case strings.HasPrefix(provider, "cognito-identity."):
		skip = strings.IndexByte(rest, ':') + 1 // the audience is REGION:ID
	case strings.HasPrefix(rest, "ari:"):
		skip = strings.IndexByte(rest, '/') + 1 // ari:cloud:PRODUCT::KIND/ID
	}
	if i := strings.IndexByte(rest[skip:], ':'); i >= 0 {
		return rest[skip+i+1:]
	}
	return rest
}

// repository cuts GitHub's subject behind the repository: "repo:owner/name",
// with or without ids.
func repository(sub string) string {
	if !strings.HasPrefix(sub, "repo:") {
		return sub
	}
	if i := strings.IndexByte(sub[len("repo:"):], ':'); i >= 0 {
		return sub[:len("repo:")+i]
	}
	return sub
}

// sessionRole makes the role ARN of a session ARN, whose path is not known.
func sessionRole(session string) string {
	head, rest, ok := strings.Cut(session, ":assumed-role/")
	if !ok {
		return session
	}
	name, _, _ := strings.Cut(rest, "/")
	return strings.Replace(head, ":sts:", ":iam:", 1) + ":role/" + name
}
