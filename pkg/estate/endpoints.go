package estate

import (
	"fmt"

	"github.com/assumewhy/assumewhy/pkg/evidence"
	"github.com/assumewhy/assumewhy/pkg/policy"
)

// endpointFile is what vpc-endpoints.json gave.
type endpointFile struct {
	all      map[string]evidence.Fact[*Endpoint]
	lost     *evidence.Gap
	findings []Finding
	gaps     []evidence.Gap
}

// Endpoint is a VPC endpoint of the account, by id (vpce-...), as
// ec2 describe-vpc-endpoints gives it.
func (a *Account) Endpoint(id string) evidence.Fact[*Endpoint] {
	known := a.estate.known()
	if g, ok := known.of(a.id, partEndpoints, id); ok {
		g.Layer = evidence.VPCE
		return evidence.Lacking[*Endpoint](g)
	}
	l := a.endpointList()
	if f, ok := l.all[id]; ok {
		return f
	}
	g, ok := known.whole(a.id, partEndpoints)
	switch {
	case ok:
	case l.lost != nil:
		g = *l.lost
	default:
		return evidence.None[*Endpoint]()
	}
	g.Layer, g.Subject = evidence.VPCE, id
	return evidence.Lacking[*Endpoint](g)
}

func (a *Account) endpointList() *endpointFile {
	return a.endpoints.get(func() *endpointFile {
		f := a.read(Endpoints)
		l := &endpointFile{all: map[string]evidence.Fact[*Endpoint]{}}
		if !f.Found && f.Problem == "" {
			l.lose(a.id, evidence.NotRead, f.Name+" is not there")
			return l
		}
		o, problem := open(f)
		if problem != "" {
			l.find(a.id, f, problem)
			return l
		}
		for i, k := range o.keys {
			if sameWord([]byte(k), "NextToken") && !isNo(o.raw[i]) {
				l.lose(a.id, evidence.Truncated, f.Name+" is one page of several")
			}
		}
		raw, _ := o.get("VpcEndpoints")
		list, ok := elements(raw)
		if !ok {
			l.find(a.id, f, "has no list VpcEndpoints: put the whole output of aws ec2 describe-vpc-endpoints there")
			return l
		}
		for _, v := range list {
			l.add(a.id, f, v)
		}
		return l
	})
}

func (l *endpointFile) lose(account string, why evidence.Why, detail string) {
	if l.lost != nil {
		return
	}
	g := newGap(partEndpoints, account, "", why, detail)
	g.Layer = evidence.VPCE
	l.lost = &g
	l.gaps = append(l.gaps, g)
}

func (l *endpointFile) find(account string, f File, problem string) {
	l.findings = append(l.findings, Finding{f.Name, problem})
	l.lose(account, evidence.Unreadable, f.Name+" "+problem)
}

func (l *endpointFile) add(account string, f File, raw []byte) {
	o, err := readObject(raw)
	id := o.str("VpcEndpointId")
	if err != nil || id == "" || o.twin != "" {
		l.find(account, f, "VpcEndpoints has an element that is not understood: write the file again")
		return
	}
	if _, twice := l.all[id]; twice {
		text := fmt.Sprintf("VpcEndpoints has %.60q twice: keep one", id)
		l.findings = append(l.findings, Finding{f.Name, text})
		l.all[id] = evidence.Lacking[*Endpoint](l.gap(account, id, evidence.Unreadable, text))
		return
	}
	e := &Endpoint{ID: id, VPC: o.str("VpcId"), Owner: o.str("OwnerId")}
	if e.Owner == "" {
		e.Owner = account
	}
	if doc, ok := o.get("PolicyDocument"); ok {
		e.Policy = evidence.Known(policy.New(policy.Meta{Kind: policy.KindVPCE, Name: id, AttachedTo: id, Account: e.Owner}, doc))
	} else {
		e.Policy = evidence.Lacking[*policy.Policy](l.gap(account, id, evidence.NotRead, "the file has no PolicyDocument"))
	}
	l.all[id] = evidence.Known(e)
}

func (l *endpointFile) gap(account, id string, why evidence.Why, detail string) evidence.Gap {
	g := newGap(partEndpoints, account, id, why, detail)
	g.Layer = evidence.VPCE
	return g
}
