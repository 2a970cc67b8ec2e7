package locale

// The call of most tests: user bob of dev wants role Deployer in prod.
var (
	dev  = Account{ID: "210000000029", Name: "dev"}
	prod = Account{ID: "320000000031", Name: "prod"}
	org  = Account{ID: "100000000001", Name: "management"}

	bob   = Principal{Kind: "user", Name: "bob", Account: dev}
	carol = Principal{Kind: "user", Name: "carol", Account: dev}
	alice = Principal{Kind: "session", Name: "alice@example.com", Role: "AWSReservedSSO_PowerUser_0123456789abcdef", Account: dev}

	deployer = Target{ARN: "arn:aws:iam::320000000031:role/Deployer", Name: "Deployer", Path: "/", Account: prod}
	bobs     = Call{Caller: bob, Role: deployer, API: "AssumeRole", Region: "eu-west-1"}
)

// causeOf is a cause of the call of bob, proved, in statement 1.
func causeOf(code string, change ...func(*Cause)) *Cause {
	c := &Cause{
		Call: bobs, Code: code, Certainty: "proved", Layer: "trust", Owner: "role_account", Of: prod,
		Action: "sts:AssumeRole", Statement: Statement{Number: 1},
		Policy: Policy{Kind: "trust", Name: "Deployer", AttachedTo: deployer.ARN},
	}
	for _, f := range change {
		f(c)
	}
	return c
}

// others are causes beside the primary one.
func others(call Call, n int) []*Cause {
	of := func(c *Cause) { c.Call = call }
	return []*Cause{
		causeOf("identity.no_allow", of, inPolicy("identity", "", "")),
		causeOf("trust.mfa_missing", of, likely("default")),
	}[:n]
}

func likely(grade string) func(*Cause) {
	return func(c *Cause) { c.Certainty, c.Grade = "likely", grade }
}

func possible(c *Cause) { c.Certainty = "possible" }

func sid(s string) func(*Cause) { return func(c *Cause) { c.Statement.Sid = s } }

func trusting(p ...Principal) func(*Cause) { return func(c *Cause) { c.Trusted = p } }

func detail(kind, nearest, wanted, got string) func(*Cause) {
	return func(c *Cause) { c.Detail = Detail{Kind: kind, Nearest: nearest, Wanted: wanted, Got: got} }
}

func inPolicy(layer, name, at string) func(*Cause) {
	return func(c *Cause) {
		c.Layer, c.Policy = layer, Policy{Kind: layer, Name: name, AttachedTo: at}
		switch layer {
		case "scp", "rcp":
			c.Owner, c.Of = "organization", org
		case "vpce":
			c.Owner, c.Of = "endpoint_owner", dev
		case "identity", "boundary", "session":
			c.Owner, c.Of = "caller_account", dev
		}
	}
}

func cond(operator, key, state string, wanted, got []string) func(*Cause) {
	return func(c *Cause) {
		c.Condition = Condition{Operator: operator, Key: key, State: state, Wanted: wanted, Got: got}
	}
}

func explicit(c *Cause) { c.Explicit = true }

func by(p Principal) func(*Cause) { return func(c *Cause) { c.Caller = p } }
