package policy

// The codes of findings. The first group makes a document Broken, the second
// makes one statement Unknown, the third only says what looks wrong. Codes of
// Document.Check are in check.go.
const (
	NotJSON   = "not_json"   // no JSON, or no valid UTF-8; Span is where reading stopped
	NotObject = "not_object" // JSON, but no object; Text is the JSON type
	TooDeep   = "too_deep"   // nested over MaxDepth
	TooLarge  = "too_large"  // over MaxSize

	DuplicateMember   = "duplicate_member"   // Text is the name written twice
	UnknownElement    = "unknown_element"    // Text is the name
	UnknownEffect     = "unknown_effect"     // Text is the word that is not exactly Allow or Deny
	UnknownOperator   = "unknown_operator"   // Text is the operator that AWS has not
	UnknownPrincipal  = "unknown_principal"  // a Principal that is a text other than "*", or a principal type that AWS has not
	ActionForm        = "action_form"        // Text is an action that names no service
	ResourceForm      = "resource_form"      // Text is a resource that is no ARN
	WrongType         = "wrong_type"         // Text is the JSON type that was found: "string", "number", "bool", "null", "list", "object"
	MissingElement    = "missing_element"    // Text is the name
	ExclusiveElements = "exclusive_elements" // Element and its Not form in one statement
	EmptyElement      = "empty_element"      // a list or operator without any value: AWS does not say what it matches

	UnknownVersion = "unknown_version" // neither 2012-10-17 nor 2008-10-17; Text is what is written
)
