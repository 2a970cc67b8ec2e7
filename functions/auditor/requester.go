package main

import (
	"github.com/assumewhy/assumewhy/pkg/deliver"
	"github.com/assumewhy/assumewhy/pkg/estate"
	"github.com/assumewhy/assumewhy/pkg/request"
)

// requester is the message to who made the call, where there is somebody who may
// be written to and something that they may be told.
func (r *run) requester(it *item, m deliver.Message) (list []deliver.Delivery) {
	defer r.guard(it, "who made the call is not written to")
	if len(r.domains) == 0 || r.channels[channelSlack] == nil || r.token == "" {
		return nil
	}
	if _, ok := it.report.ForRequester(); !ok {
		return nil
	}
	to := deliver.Requesters{Domains: r.domains, Tag: r.tag}.Address(sourceIdentity(it), callerTags(it), callerName(it))
	if to == "" {
		return nil
	}
	m.Kind, m.To = deliver.Requester, to
	if r.hash { // to themselves people are no pseudonyms
		m.Report = r.explain(it.rec, it.estate, r.options(false))
	}
	return []deliver.Delivery{{Schema: deliver.Schema, Channel: channelSlack, Message: m}}
}

// mayWrite says whether an address is one that may be written to now: a message
// that was kept may be older than the switch that turned it off.
func (r *run) mayWrite(address string) bool {
	return deliver.Requesters{Domains: r.domains}.Address("", nil, address) != ""
}

func sourceIdentity(it *item) string {
	if s := it.rec.Identity.Session; s != nil {
		return s.SourceIdentity
	}
	return ""
}

// callerName is the session's name, or the user's.
func callerName(it *item) string {
	c := it.subject.Caller
	if c.SessionName != "" {
		return c.SessionName
	}
	return c.UserName
}

// callerTags are the tags of the calling user or role.
func callerTags(it *item) map[string]string {
	c := it.subject.Caller
	a, ok := it.estate.Account(c.Account).Get()
	if !ok {
		return nil
	}
	switch c.Kind {
	case request.User:
		if u, ok := a.User(c.UserName).Get(); ok {
			return byKey(u.Tags)
		}
	case request.RoleSession:
		if role, ok := a.Role(c.RoleName).Get(); ok {
			return byKey(role.Tags)
		}
	default: // without tags of its own
	}
	return nil
}

func byKey(list []estate.Tag) map[string]string {
	tags := map[string]string{}
	for _, t := range list {
		tags[t.Key] = t.Value
	}
	return tags
}
