// Package render turns a report into a tree of meaning, which formats (render/text
// and others) walk: what happened, who calls whom through which layers, why it
// was refused, what is not known.
//
// The tree holds text as the report has it: names, policies and messages in it
// are hostile. Each format escapes every string of the tree in one place of its
// own, [Visible] first, so that nothing from an event can forge a line, a link
// or a color of the answer.
//
// Pure, deterministic, safe for concurrent use; it never fails, whatever a
// report lacks. It makes labels, never sentences: those are in the report.
package render

// Block is one part of an explanation's meaning. The kinds are closed: [Head],
// [Lead], [Chain], [Cause], [Remedy], [Said],
// [Unknowns], [Trace], [Foot].
type Block interface{ block() }

func (Head) block()     {}
func (Lead) block()     {}
func (Chain) block()    {}
func (Cause) block()    {}
func (Remedy) block()   {}
func (Said) block()     {}
func (Unknowns) block() {}
func (Trace) block()    {}
func (Foot) block()     {}

// Tone says how grave a word is, for formats that have colors.
type Tone uint8

// The tones.
const (
	Plain Tone = iota
	Bad        // denied, blocks
	Doubt      // not known
	Good       // allowed
	Faint      // does not matter here
)

// Head is the first line.
type Head struct {
	Tone   Tone
	Word   string // DENIED, UNDETERMINED, ALLOWED NOW, FAILED
	Caller string // short: bob, Developer/build-42
	Role   string // "role Deployer in prod (320000000031)"
	Time   string // "2026-10-14 09:26:53Z", or empty
}

// Lead is what a reader with ten seconds needs.
type Lead struct {
	Headline string
	Label    string // "Next:"
	Next     string // what to do and who must do it, or empty
}

// Chain is the way of the call: the caller's side, then the role's.
type Chain struct {
	Columns [4]string // what a table's columns are called: who, layer, word, note
	Hops    []Hop
	Also    []Also
}

// Hop is one side of the chain and the layers that speak there.
type Hop struct {
	Who   string   // "user bob"
	Where []string // session, account
	Rows  []Row
}

// Also is another authorization of the same call that does not pass.
type Also struct {
	Action string
	Rows   []Row
}

// Row is a layer's word. Levels of SCPs and RCPs that say the same are one row.
type Row struct {
	Layer string // "identity", "SCP"; the same on each row of one layer
	Mark  Mark
	Tone  Tone
	Word  string // "allows", "denies", "none"
	Note  string // policy and statement, or why
}

// Mark points at what blocks.
type Mark uint8

// The marks.
const (
	NoMark  Mark = iota
	Blocks       // this layer refuses the call
	Unclear      // this layer may refuse the call
)

// Cause is one reason with its proof.
type Cause struct {
	Word      string // CAUSE
	Code      string
	Certainty string
	Owner     string
	Primary   bool
	Because   string // empty where the lead has said it already
	Where     string // "trust policy of role Deployer, statement OnlyCarol"
	Quote     Quote
	Facts     []Fact
}

// Quote is lines of a policy, in their own words and order.
type Quote struct {
	First int // number of the first line
	Lines []string
	Mark  []Span
}

// Span is what to point at: the bytes [From,To) of line Line.
type Span struct{ Line, From, To int }

// Fact is one row of a cause: "wanted", "got" and so on, side by side.
type Fact struct {
	Label  string
	Tone   Tone
	Values []Value
	More   string // "and %d more", for a format that does not list all
	Proof  bool   // by what it is known: for a reader who asks for all
}

// Value is one value of a fact.
type Value struct {
	Text string
	Diff []Range // the bytes that differ from what was wanted
	Note string  // where it comes from, or empty: for a reader who asks for all
}

// Range is the bytes [From,To) of a value.
type Range struct{ From, To int }

// Remedy is what would help.
type Remedy struct {
	Word    string // FIX
	Where   string // "in prod (320000000031), proved: the call is then allowed"
	Title   string
	Command []string
	Risk    string
}

// Said is AWS's own message.
type Said struct{ Label, Text string }

// Unknowns is what could not be known, what matters most first.
type Unknowns struct {
	Word    string // UNKNOWN
	Sum     string // how many could change the answer, in words
	Settled bool   // none could, for a cause is proved
	Groups  []Gaps
}

// Gaps are gaps of one weight. Faint ones do not matter for this answer: they are
// for a reader who asks for all.
type Gaps struct {
	Title string // empty where Sum has said it
	Tone  Tone
	List  []Gap
}

// Gap is one thing that could not be known.
type Gap struct {
	What   string
	Settle string
}

// Trace is the whole trace as an indented list.
type Trace struct {
	Word  string // TRACE
	Sum   string
	Items []Item
}

// Item is one line of the trace and what belongs under it.
type Item struct {
	Text  string
	Note  string // shown beside Text, aligned among items of one list
	Mark  Mark
	Facts []Fact
	Items []Item
}

// Foot is the last line: incident, AWS's own message, age of the policies.
type Foot struct{ Items []string }
