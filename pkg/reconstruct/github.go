package reconstruct

import (
	"strings"

	"github.com/assumewhy/assumewhy/pkg/request"
)

// githubClaims are those that the default form of GitHub's sub tells:
// repo:OWNER/REPO:ref:REF, repo:OWNER/REPO:environment:NAME or
// repo:OWNER/REPO:pull_request, since 2026 with ids: repo:OWNER@ID/REPO@ID. A job
// with an environment has it in its subject, so one with a ref or a pull request
// there has none (GitHub Docs, "OpenID Connect reference").
func (b *builder) githubClaims(prefix, sub string) {
	rest, ok := strings.CutPrefix(sub, "repo:")
	repo, context, found := strings.Cut(rest, ":")
	owner, name, slash := strings.Cut(repo, "/")
	if !ok || !found || !slash {
		return
	}
	kind, value, _ := strings.Cut(context, ":")
	environment, ref := kind == "environment" && value != "", kind == "ref" && strings.HasPrefix(value, "refs/")
	if !environment && !ref && context != "pull_request" {
		return // a form that the owner chose
	}
	owner, ownerID, _ := strings.Cut(owner, "@")
	name, repoID, _ := strings.Cut(name, "@")
	tell := b.told
	if strings.ContainsAny(value, ":%") {
		tell = b.usually // more than the default form holds, or a colon that was encoded
	}
	tell(prefix+"repository", owner+"/"+name)
	tell(prefix+"repository_owner_id", ownerID)
	tell(prefix+"repository_id", repoID)
	switch {
	case environment:
		tell(prefix+"environment", value)
	case ref:
		tell(prefix+"ref", value)
	}
	switch {
	case environment:
	case strings.ContainsAny(value, ":%"):
		b.add(request.Key{Name: prefix + "environment", Usually: request.KeyAbsent, Origin: event("userIdentity.userName")})
	default:
		b.absent(prefix+"environment", event("userIdentity.userName"))
	}
}

// told is a claim that the default form of another one holds.
func (b *builder) told(name, v string) {
	if v != "" {
		b.present(name, event("userIdentity.userName"), v)
	}
}

// usually is a claim that the form of another one implies.
func (b *builder) usually(name, v string) {
	if v != "" {
		b.add(request.Key{Name: name, Usually: request.KeyPresent, Values: []string{v}, Origin: event("userIdentity.userName")})
	}
}
