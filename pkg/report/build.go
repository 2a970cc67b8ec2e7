package report

import (
	"time"

	"github.com/assumewhy/assumewhy/pkg/diagnose"
	"github.com/assumewhy/assumewhy/pkg/estate"
	"github.com/assumewhy/assumewhy/pkg/reconstruct"
	"github.com/assumewhy/assumewhy/pkg/request"
)

// Input is what a report is made of. Version is the tool's. With Simulated the
// event's name is "simulate" and its time is Time.
type Input struct {
	Subject   reconstruct.Subject
	Request   *request.Request // nil when the role is not known
	Estate    *estate.Estate
	Diagnosis *diagnose.Diagnosis
	Known     []reconstruct.Known
	Time      time.Time
	Lang      string // "en"
	Version   string
	Verbose   bool
	Simulated bool
	// HashNames puts pseudonyms in the place of e-mail addresses, which session
	// names, source identities and user names often are.
	HashNames bool
}

// Build copies everything out of the input, replaces what is secret, and makes
// the sentences. The order of every list is that of the input or a documented
// one, so that the same input gives the same bytes. A language that is not
// known is told in English.
func Build(in Input) *Report {
	if in.Diagnosis == nil {
		in.Diagnosis = &diagnose.Diagnosis{Verdict: diagnose.Undetermined}
	}
	r := &Report{
		Schema:  Schema,
		Verdict: string(in.Diagnosis.Verdict),
		Event:   event(in),
		Caller:  caller(in),
		Role:    role(in),
		Actions: actions(in.Request),
		Layers:  layers(in),
		Causes:  causes(in),
		Gaps:    gaps(in.Diagnosis),
		Known:   known(in.Known),
		AWSSays: awsSays(in),
		Tool:    Tool{Version: in.Version},
	}
	if in.Estate != nil {
		r.Estate.ReadAt = stamp(in.Estate.ReadAt())
	}
	r.Estate.Empty, r.Estate.Source = !in.Estate.Given(), string(in.Estate.Source())
	if in.Verbose {
		r.Trace = trace(in.Diagnosis.Trace)
	}
	r.Incident = incident(in, r)
	r.Fingerprint = fingerprint(r)
	redact(r, secretsOf(in))
	var people *names
	if in.HashNames {
		people = namesOf(in, r)
		people.hash(r)
	}
	bound(r)
	for i := range r.Causes {
		r.Causes[i].Detail.Diff = differences(&r.Causes[i])
	}
	r.Accounts = accounts(in.Estate, r)
	if people != nil {
		people.hashAccounts(r)
	}
	if err := r.Speak(in.Lang); err != nil {
		_ = r.Speak("") // the default language is always there
	}
	fill(r)
	return r
}

// stamp is a time as the report writes it; empty for the zero time.
func stamp(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(time.RFC3339)
}
