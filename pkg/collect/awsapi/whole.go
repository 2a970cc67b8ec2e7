package awsapi

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"sync"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/iam"

	"github.com/assumewhy/assumewhy/pkg/estate"
)

// Snapshot is a whole estate directory to be read.
type Snapshot struct {
	Accounts []string // account ids; none: all active accounts of the organization, or that of the credentials
	// Put takes a file of the estate directory by its slash-separated name. It is
	// called by one goroutine at a time, for estate.json last.
	Put func(name string, data []byte) error
	// Progress takes a line that tells how far it is; by one goroutine at a time.
	Progress func(line string)
}

// accountsAtATime bounds the memory that whole accounts take.
const accountsAtATime = 4

// Snapshot reads accounts and the organization as a whole. What cannot be read
// is a gap in estate.json; it gives an error only where a file could not be
// put, where ctx ended, or where not even the account of the credentials is
// known.
func (r *Reader) Snapshot(ctx context.Context, s Snapshot) error {
	g := newGathering(ctx, r)
	began := r.config.Now()
	own, err := r.Account(ctx)
	if err != nil {
		return err
	}
	w := &snapshot{Snapshot: s, gathering: g}
	w.say("reading the organization")
	g.wholeTree()
	g.wait.Wait()
	ids := w.chosen(own)
	state, err := w.organization(ids)
	if err != nil {
		return err
	}
	if err := w.accounts(ids); err != nil {
		return err
	}
	if err := ctx.Err(); err != nil {
		return fmt.Errorf("reading AWS: %w: what was written so far is no whole estate", err)
	}
	slices.SortFunc(g.gaps, compareGaps)
	return w.put("estate.json", encode(manifest{
		Schema: estate.Schema, ReadAt: began.UTC().Format(time.RFC3339), Organization: state, Gaps: append([]gap{}, g.gaps...),
	}))
}

// snapshot is one run of Snapshot.
type snapshot struct {
	Snapshot
	*gathering
	one    sync.Mutex // for Put and Progress
	failed error      // of Put
	done   int
}

// say tells how far it is, unless the run has ended: what is missing then is
// missing for that alone.
func (w *snapshot) say(format string, args ...any) {
	w.one.Lock()
	defer w.one.Unlock()
	if w.ctx.Err() == nil {
		w.Progress(fmt.Sprintf(format, args...))
	}
}

func (w *snapshot) put(name string, data []byte) error {
	w.one.Lock()
	defer w.one.Unlock()
	if w.failed == nil {
		w.failed = w.Put(name, data)
	}
	return w.failed
}

// organization writes organization.json and gives the word of estate.json for
// it. ids are the accounts to read.
func (w *snapshot) organization(ids []string) (string, error) {
	o, state, gaps := w.tree.document(ids)
	w.gaps = append(w.gaps, gaps...)
	if o == nil {
		w.say("organization: %s", state)
		return state, nil
	}
	w.say("organization %s: %d accounts and organizational units, %d policies", o.ID, len(o.Nodes), len(o.Policies))
	return state, w.put("organization.json", encode(o))
}

// chosen are the accounts to read.
func (w *snapshot) chosen(own string) []string {
	if len(w.Accounts) > 0 {
		return w.Accounts
	}
	var all []string
	for _, id := range slices.Sorted(maps.Keys(w.tree.nodes)) {
		if n := w.tree.nodes[id]; isAccount(id) && (n.State == "" || n.State == "ACTIVE") {
			all = append(all, id)
		}
	}
	if !slices.Contains(all, own) {
		all = append(all, own)
	}
	return all
}

// accounts reads accounts, a few at a time.
func (w *snapshot) accounts(ids []string) error {
	slots := make(chan struct{}, accountsAtATime)
	var all sync.WaitGroup
	for _, id := range ids {
		slots <- struct{}{}
		all.Go(func() {
			defer func() { <-slots }()
			w.wholeAccount(id, len(ids))
		})
	}
	all.Wait()
	return w.failed
}

func (w *snapshot) wholeAccount(id string, of int) {
	if w.ctx.Err() != nil {
		return
	}
	c, f := w.of(id)
	if f != nil {
		w.gap(id, "", "", f)
		w.progress(id, of, "not read: "+f.permission+" "+f.why())
		return
	}
	var d *authorizationDetails
	together(
		func() { d = w.details(c, id) },
		func() { w.wholeProviders(c, id) },
		func() { w.wholeEndpoints(c, id) },
	)
	if d != nil {
		w.progress(id, of, fmt.Sprintf("%d users, %d roles, %d policies", len(d.UserDetailList), len(d.RoleDetailList), len(d.Policies)))
		return
	}
	w.progress(id, of, "not read, see the gaps in estate.json")
}

func (w *snapshot) progress(id string, of int, what string) {
	w.one.Lock()
	defer w.one.Unlock()
	w.done++
	if w.ctx.Err() == nil {
		w.Progress(fmt.Sprintf("account %s (%d of %d): %s", id, w.done, of, what))
	}
}

// write puts a file of an account, unless the run has ended: what was read then
// may be cut.
func (w *snapshot) write(account string, part estate.Part, v any) {
	if w.ctx.Err() == nil {
		_ = w.put("accounts/"+account+"/"+estate.FileName(part), encode(v)) // kept in failed
	}
}

// details reads users, groups, roles and policies of an account. A page that
// cannot be read leaves those before it, and the gap.
func (w *snapshot) details(c *clients, id string) *authorizationDetails {
	d := &authorizationDetails{UserDetailList: []userDetail{}, GroupDetailList: []groupDetail{}, RoleDetailList: []roleDetail{}, Policies: []managedPolicy{}}
	pages := iam.NewGetAccountAuthorizationDetailsPaginator(c.iam, &iam.GetAccountAuthorizationDetailsInput{})
	for n := 0; pages.HasMorePages(); n++ {
		out, err := pages.NextPage(w.ctx)
		if err != nil {
			f := &fault{kind: classify(err), permission: "iam:GetAccountAuthorizationDetails", account: id, err: err}
			for _, part := range []string{"users", "groups", "roles", "policies"} {
				w.gap(id, part, "", f)
			}
			if n == 0 {
				return nil
			}
			d.IsTruncated = true
			break
		}
		for i := range out.UserDetailList {
			d.UserDetailList = append(d.UserDetailList, userDetailOf(&out.UserDetailList[i]))
		}
		for i := range out.GroupDetailList {
			d.GroupDetailList = append(d.GroupDetailList, groupOf(&out.GroupDetailList[i]))
		}
		for i := range out.RoleDetailList {
			d.RoleDetailList = append(d.RoleDetailList, roleDetailOf(&out.RoleDetailList[i]))
		}
		for i := range out.Policies {
			d.Policies = append(d.Policies, managedPolicyOf(&out.Policies[i]))
		}
	}
	w.write(id, estate.Details, d)
	return d
}

func (w *snapshot) wholeProviders(c *clients, id string) {
	oidc, f := w.oidcProviders(c, id)
	saml, f2 := w.samlProviders(c, id)
	if f := first(f, f2); f != nil {
		w.gap(id, "providers", "", f)
		return
	}
	lists := providerLists{append([]oidcEntry{}, oidc...), append([]samlEntry{}, saml...)}
	for i := range lists.OpenIDConnectProviderList {
		e := &lists.OpenIDConnectProviderList[i]
		one, f := w.audiences(c, id, e.Arn)
		if f != nil {
			w.gap(id, "providers", e.Arn, f)
			continue
		}
		*e = one
	}
	w.write(id, estate.IdentityProviders, lists)
}

// wholeEndpoints reads the VPC endpoints of every enabled region.
func (w *snapshot) wholeEndpoints(c *clients, id string) {
	regions, f := read(w.gathering, call{permission: "ec2:DescribeRegions", account: id}, c.endpoints.regions)
	if f != nil {
		w.gap(id, "endpoints", "", f)
		return
	}
	found := make([][]endpointDetail, len(regions))
	reads := make([]func(), len(regions))
	for i, region := range regions {
		reads[i] = func() {
			of := call{permission: "ec2:DescribeVpcEndpoints", account: id, region: region}
			all, f := read(w.gathering, of, func(ctx context.Context) ([]endpointDetail, error) {
				return c.endpoints.vpcEndpoints(ctx, region)
			})
			if f != nil {
				w.gap(id, "endpoints", "", f)
			}
			found[i] = all
		}
	}
	together(reads...)
	w.write(id, estate.Endpoints, endpointList{append([]endpointDetail{}, slices.Concat(found...)...)})
}
