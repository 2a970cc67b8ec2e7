package locale

// Asked is what a message to the one who made a denied call is made of. Nothing
// in it is confidential to them, so that no sentence can say too much: no policy,
// no value that a policy wants, nobody else's name but the owner's.
type Asked struct {
	Caller   Account // of the caller; the zero value where it is not known
	Name     string  // of the caller, as people know it
	Role     string  // of the role, empty where it is not known
	In       Account // of the role
	Owner    string  // the owner tag of what has to change
	At       string  // time of day in UTC, "09:26"; empty where it is not known
	Foreign  bool    // the role's account is not known to be of the organization: not a word on the role
	Verdict  string  // as in Headline
	Code     string  // of the primary cause; empty where there is none
	Layer    string
	Certain  string // proved, likely, possible
	Explicit bool
	Acts     string  // who has to act: Cause.Owner
	Of       Account // the account that owns what has to change
	Mended   bool    // the report holds a change that is proved to help
	Incident string
}

// Answer is that message, in sentences: what happened, why, what to do, and what
// those who are asked need to do. Each but What may be empty.
type Answer struct{ What, Why, Do, They string }

// Answer makes the message.
func (l *Language) Answer(a *Asked) Answer { return l.answer(a) }
