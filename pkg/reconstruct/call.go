package reconstruct

import (
	"strings"

	"github.com/assumewhy/assumewhy/pkg/request"
)

// requestKeys fills in the properties of the request
// (IAM User Guide, "AWS global condition context keys", properties of the request).
func (b *builder) requestKeys() {
	b.timeKeys()
	b.regionKey()
	b.userAgent()
	b.add(request.Key{Name: "aws:referer", Usually: request.KeyAbsent, Origin: rule("sent by browsers only")})
	b.viaKeys()
	b.sourceKeys()
}

func (b *builder) timeKeys() {
	o := event("eventTime")
	if b.simulated() {
		o = operator("time")
	}
	if b.at.IsZero() {
		b.presentAny("aws:CurrentTime", o)
		b.presentAny("aws:EpochTime", o)
		return
	}
	b.present("aws:CurrentTime", o, timestamp(b.at))
	b.present("aws:EpochTime", o, epoch(b.at))
}

func (b *builder) userAgent() {
	o := event("userAgent")
	if b.simulated() || b.signIn() || b.rec.UserAgent == "" || b.rec.UserAgent == internal || len(b.rec.UserAgent) >= 1024 {
		b.unknown("aws:UserAgent", o)
		return
	}
	b.present("aws:UserAgent", o, b.rec.UserAgent)
}

// viaKeys say whether a service made the call with the caller's credentials.
func (b *builder) viaKeys() {
	o := event("userIdentity.invokedBy")
	by := ""
	if b.rec != nil {
		by = b.rec.Identity.InvokedBy
	}
	called := []string{"aws:CalledVia", "aws:CalledViaFirst", "aws:CalledViaLast"}
	switch {
	case b.bare() || b.signIn() && by == "":
		b.add(request.Key{Name: "aws:ViaAWSService", State: request.KeyPresentAny, Usually: request.KeyPresent, Values: []string{"false"}, Origin: o})
		for _, k := range called {
			b.add(request.Key{Name: k, Usually: request.KeyAbsent, Origin: o})
		}
	case by == "" || b.s.Caller.Kind == request.Service:
		b.present("aws:ViaAWSService", o, "false")
		for _, k := range called {
			b.absent(k, o)
		}
	case by == internal:
		b.add(request.Key{Name: "aws:ViaAWSService", State: request.KeyPresentAny, Usually: request.KeyPresent, Values: []string{"false"}, Origin: o})
		for _, k := range called {
			b.unknown(k, o)
		}
	default:
		b.present("aws:ViaAWSService", o, "true")
		for _, k := range called {
			b.presentAny(k, o)
		}
	}
	b.mcpKeys(by)
}

func (b *builder) mcpKeys(by string) {
	o := event("userAgent")
	shows := b.rec != nil && strings.Contains(strings.ToLower(b.rec.UserAgent+" "+by), "mcp")
	for _, k := range []string{"aws:CalledViaAWSMCP", "aws:ViaAWSMCPService", "aws:IsMcpServiceAction"} {
		if shows || b.bare() {
			b.add(request.Key{Name: k, Usually: request.KeyAbsent, Origin: o})
			continue
		}
		b.absent(k, o)
	}
}

// sourceKeys are those that services send on behalf of a resource.
func (b *builder) sourceKeys() {
	names := []string{"aws:SourceAccount", "aws:SourceArn", "aws:SourceOrgID", "aws:SourceOrgPaths"}
	o := event("userIdentity.inScopeOf")
	for _, k := range names {
		switch {
		case b.s.Caller.Kind == request.CallerUnknown:
			b.unknown(k, o)
		case b.s.Caller.Kind != request.Service:
			b.absent(k, rule("sent by services only"))
		case k == "aws:SourceAccount" && b.scope().account != "":
			b.present(k, o, b.scope().account)
		case k == "aws:SourceArn" && b.scope().arn != "":
			b.present(k, o, b.scope().arn)
		default:
			b.unknown(k, o)
		}
	}
}

type scopeOf struct{ account, arn string }

func (b *builder) scope() scopeOf {
	if b.rec == nil || b.rec.Identity.Scope == nil {
		return scopeOf{}
	}
	return scopeOf{account: b.rec.Identity.Scope.SourceAccount, arn: b.rec.Identity.Scope.SourceARN}
}
