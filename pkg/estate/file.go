package estate

// File is one file of the estate as it was read. A file that is not there has
// neither Found nor Problem.
type File struct {
	Name    string // as findings name it, relative to the estate
	Found   bool
	Data    []byte // must not change any more
	Problem string // why it could not be read and what to do, in one line
}

// Part is one file of an account.
type Part uint8

// The files of an account's folder.
const (
	Details           Part = iota // aws iam get-account-authorization-details
	IdentityProviders             // aws iam list-open-id-connect-providers, list-saml-providers
	Endpoints                     // aws ec2 describe-vpc-endpoints
)

// Finding is a file, or a place in one, that could not be read or does not
// hold together: one line that says what is wrong and what to do.
type Finding struct {
	File string
	Text string
}

// String is "file: text".
func (f Finding) String() string { return f.File + ": " + f.Text }
