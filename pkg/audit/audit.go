// Package audit is the conveyor: the stages in order, from one record to one
// report. The command line and the Lambda function use it alike.
//
// It has no state; its answers depend on its arguments alone.
package audit

import (
	"time"

	"github.com/assumewhy/assumewhy/pkg/diagnose"
	"github.com/assumewhy/assumewhy/pkg/estate"
	"github.com/assumewhy/assumewhy/pkg/reconstruct"
	"github.com/assumewhy/assumewhy/pkg/report"
	"github.com/assumewhy/assumewhy/pkg/request"
	"github.com/assumewhy/assumewhy/pkg/scope"
	"github.com/assumewhy/assumewhy/pkg/trail"
)

// Options are what an operator may choose.
type Options struct {
	Known   []reconstruct.Known // what the operator knows: --know, --context
	Lang    string              // language of the sentences: "en"
	Version string              // of the tool, for the report
	Verbose bool                // the whole trace
	// HashNames puts pseudonyms ("name-" and 12 hex digits) in the place of e-mail
	// addresses: session names, source identities and user names that are one,
	// wherever the report would hold them. Incident and fingerprint stay the same.
	// A pseudonym is no anonymity: whoever guesses the address can check it.
	HashNames bool
}

// Explain says why the role switch of a record was denied, with what is known
// of the accounts concerned.
func Explain(rec *trail.Record, e *estate.Estate, o Options) *report.Report {
	subject := reconstruct.SubjectOf(rec)
	question := reconstruct.Request(subject, e, o.Known)
	return answer(subject, question, e, o)
}

// Simulate says whether a call would work that nobody has made: subject's
// caller on subject's role, at a time.
func Simulate(subject reconstruct.Subject, e *estate.Estate, at time.Time, o Options) *report.Report {
	question := reconstruct.Simulated(subject, e, o.Known, at)
	return answer(subject, question, e, o)
}

func answer(s reconstruct.Subject, r *request.Request, e *estate.Estate, o Options) *report.Report {
	policies := scope.Policies(e, r)
	diagnosis := diagnose.Diagnose(diagnose.Input{Subject: s, Request: r, Estate: e, Policies: policies})
	return report.Build(report.Input{
		Subject: s, Request: r, Estate: e, Diagnosis: diagnosis, Known: o.Known,
		Time: r.Time, Lang: o.Lang, Version: o.Version, Verbose: o.Verbose, Simulated: s.Record == nil, HashNames: o.HashNames,
	})
}
