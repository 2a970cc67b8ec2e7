package locale

// Code is what a language says of one code in the catalogue of causes, of no
// particular call. Title is a clause; the others are sentences.
type Code struct {
	Title string            // a few words, at most 47 letters
	Means string            // what is the case
	Apart string            // how it is told apart from its neighbors
	Mends string            // what usually mends it
	Kinds map[string]string // each kind of detail, a clause
}

// Code is the catalogue's entry of a code; empty for a code that the language
// has no words for.
func (l *Language) Code(code string) Code { return l.code(code) }

// CodeLabels are what the fields of an entry of the catalogue are called.
type CodeLabels struct {
	Act     string // who can act
	Ranked  string // before and behind which causes it is named
	Apart   string
	Mends   string
	Kinds   string
	Example string
	Primary string // the cause to act on first
	Later   string // clause: what no rule tells yet
}

// CodeLabels are the labels of the catalogue's entries.
func (l *Language) CodeLabels() CodeLabels { return l.labels() }

// Part is the title of a part of the catalogue, by the code's part before the
// dot.
func (l *Language) Part(part string) string { return l.part(part) }

// Owner says who is meant by an owner of the report, of no particular call.
func (l *Language) Owner(owner string) string { return l.owner(owner) }

// Ranking says what causes a group of the ranking holds, by the group's number
// from 1; empty for other numbers.
func (l *Language) Ranking(group int) string {
	if all := l.ranking(); group > 0 && group <= len(all) {
		return all[group-1]
	}
	return ""
}
