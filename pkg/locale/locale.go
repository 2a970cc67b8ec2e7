// Package locale makes the sentences of a report from typed fields: by code and
// by language. It is the only place that holds prose for people.
//
// A language is one Language value, made in the files that begin with its tag
// (en.go, en_trust.go, ...); what it must be able to say is listed by Codes and
// GapCodes, and a test holds every language to it. Sentences name who has to
// act by account name and id, say how sure they are in words, blame nobody, and
// never hold the value of an ExternalId.
//
// Pure and deterministic, safe for concurrent use. Text that comes from events
// or policies goes into sentences as it is, cut where it is very long: package
// render escapes it.
package locale

import (
	"fmt"
	"strings"
)

// Language says everything a report says in sentences, in one language.
type Language struct {
	Tag      string // BCP 47: "en", "pt-BR", "zh-CN"
	headline func(*Headline) (what, next string)
	because  func(*Cause) string
	gap      func(*Gap) (what, settle string)
	codes    func() []string
	gapCodes func() []string
	code     func(string) Code
	part     func(string) string
	owner    func(string) string
	ranking  func() []string
	labels   func() CodeLabels
	answer   func(*Asked) Answer
}

// languages are all that can be asked for, the default first.
var languages = []*Language{english}

// Languages lists the tags that For knows, the default first.
func Languages() []string {
	tags := make([]string, len(languages))
	for i, l := range languages {
		tags[i] = l.Tag
	}
	return tags
}

// For gives the language of a tag; the empty tag is the default language. An
// unknown tag is an error that lists the known ones.
func For(tag string) (*Language, error) {
	if tag == "" {
		return languages[0], nil
	}
	for _, l := range languages {
		if strings.EqualFold(l.Tag, tag) {
			return l, nil
		}
	}
	return nil, fmt.Errorf("language %q is not known: use one of %s", tag, strings.Join(Languages(), ", "))
}

// Headline is for someone who has ten seconds: one sentence on what happened,
// and one on what to do and who has to do it, empty where there is nothing.
func (l *Language) Headline(h *Headline) (what, next string) { return l.headline(h) }

// Because is one to four sentences: what is at fault, and how sure that is.
func (l *Language) Because(c *Cause) string { return l.because(c) }

// Gap says what is not known, and what would settle it.
func (l *Language) Gap(g *Gap) (what, settle string) { return l.gap(g) }

// Codes lists the codes of causes that the language has sentences for, sorted.
func (l *Language) Codes() []string { return l.codes() }

// GapCodes lists the codes of gaps that the language has sentences for, sorted.
func (l *Language) GapCodes() []string { return l.gapCodes() }
