package policy_test

import (
	"fmt"
	"strings"

	"github.com/assumewhy/assumewhy/pkg/policy"
)

// A trust policy as it stands within the output of
// get-account-authorization-details: its text is that of a document of its own.
func ExampleParse() {
	raw := `{
                "Version": "2012-10-17",
                "Statement": [
                    {
                        "Sid": "OnlyCarol",
                        "Effect": "Allow",
                        "Principal": {
                            "AWS": "arn:aws:iam::111111111111:user/carol"
                        },
                        "Action": "sts:AssumeRole"
                    }
                ]
            }`
	doc := policy.Parse([]byte(raw))
	fmt.Println(doc.Text)

	carol := doc.Statements[0].Principals[0]
	fmt.Println()
	fmt.Printf("line %d trusts %s\n", carol.Span.Line, carol.Text)
	// Output:
	// {
	//     "Version": "2012-10-17",
	//     "Statement": [
	//         {
	//             "Sid": "OnlyCarol",
	//             "Effect": "Allow",
	//             "Principal": {
	//                 "AWS": "arn:aws:iam::111111111111:user/carol"
	//             },
	//             "Action": "sts:AssumeRole"
	//         }
	//     ]
	// }
	//
	// line 8 trusts arn:aws:iam::111111111111:user/carol
}

// As the IAM API gives a document: URL-encoded, on one line. It is indented by
// two spaces, and what is wrong with it is said with its place.
func ExampleParse_encoded() {
	doc := policy.Parse([]byte("%7B%22Statement%22%3A%7B%22Effect%22%3A%22deny%22%2C%22Action%22%3A%22sts%3A%2A%22%7D%7D"))
	fmt.Println(doc.Text)
	for _, f := range doc.Findings {
		fmt.Printf("line %d: %s %s\n", f.Span.Line, f.Code, f.Text)
	}
	fmt.Println("unknown:", doc.Statements[0].Unknown)
	// Output:
	// {
	//   "Statement": {
	//     "Effect": "deny",
	//     "Action": "sts:*"
	//   }
	// }
	// line 3: unknown_effect deny
	// unknown: true
}

// Quote a statement, with a mark under what it is about.
func ExampleDocument_Lines() {
	doc := policy.Parse([]byte(`{"Statement":[{"Effect":"Deny","Action":["sts:AssumeRole","sts:TagSession"]}]}`))
	s := doc.Statements[0]
	mark := s.Actions[1].Span
	for i, line := range doc.Lines(s.First, s.Last) {
		fmt.Printf("%d |%s\n", s.First+i, line)
		if s.First+i == mark.Line {
			fmt.Println("  |" + strings.Repeat(" ", mark.From) + strings.Repeat("^", mark.To-mark.From))
		}
	}
	// Output:
	// 3 |    {
	// 4 |      "Effect": "Deny",
	// 5 |      "Action": [
	// 6 |        "sts:AssumeRole",
	// 7 |        "sts:TagSession"
	//   |        ^^^^^^^^^^^^^^^^
	// 8 |      ]
	// 9 |    }
}

// What AWS would refuse to store as a trust policy.
func ExampleDocument_Check() {
	doc := policy.Parse([]byte(`{"Version":"2012-10-17","Statement":[{"Effect":"Allow",
		"Principal":{"AWS":"arn:aws:iam::111111111111:role/*"},"Action":"sts:AssumeRole","Resource":"*"}]}`))
	for _, f := range doc.Check(policy.KindTrust) {
		fmt.Println(f.Code, f.Element, f.Text)
	}
	// Output:
	// wildcard_principal Principal arn:aws:iam::111111111111:role/*
	// prohibited_element Resource Resource
}
