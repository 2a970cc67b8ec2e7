package locale_test

import (
	"fmt"

	"github.com/assumewhy/assumewhy/pkg/locale"
)

func ExampleFor() {
	l, err := locale.For("en")
	if err != nil {
		fmt.Println(err)
		return
	}
	prod := locale.Account{ID: "320000000031", Name: "prod"}
	fmt.Println(l.Because(&locale.Cause{
		Call: locale.Call{
			Caller: locale.Principal{Kind: "user", Name: "bob"},
			Role:   locale.Target{Name: "Deployer", Account: prod},
		},
		Code: "trust.external_id_missing", Certainty: "proved", Layer: "trust",
		Statement: locale.Statement{Number: 1, Sid: "Partner"},
		Condition: locale.Condition{Operator: "StringEquals", Key: "sts:ExternalId", State: "absent"},
	}))
	// Output: The role's trust policy, statement Partner, demands an ExternalId, and the call sent none. This denies the call.
}
