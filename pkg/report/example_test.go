package report_test

import (
	"fmt"
	"os"
	"strings"

	"github.com/assumewhy/assumewhy/pkg/report"
)

// A stored report is read, told again, and written on one line.
func ExampleDecode() {
	stored := `{"schema":"assumewhy.report/v1","lang":"en","verdict":"denied",
		"event":{"name":"AssumeRole"},"accounts":{"320000000031":{"name":"prod"}},
		"caller":{"type":"IAMUser","arn":"arn:aws:iam::210000000029:user/bob"},
		"role":{"arn":"arn:aws:iam::320000000031:role/Deployer","account":"320000000031"},
		"causes":[{"code":"trust.no_principal","certainty":"proved","primary":true,"layer":"trust"}]}`
	r, err := report.Decode(strings.NewReader(stored))
	if err != nil {
		fmt.Println(err)
		return
	}
	if err := r.Speak("en"); err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(r.Headline)
	fmt.Println(r.Next)
	// Output:
	// The trust policy of role Deployer in prod (320000000031) does not trust user bob.
	// Ask the owner of Deployer in prod to trust bob.
}

func ExampleEncode() {
	r := &report.Known{Key: "aws:SourceIp", State: "absent", Values: []string{}}
	out := report.Report{Schema: report.Schema, Known: []report.Known{*r}}
	var b strings.Builder
	if err := report.Encode(&b, &out, false); err != nil {
		fmt.Fprintln(os.Stderr, err)
		return
	}
	fmt.Println(strings.Contains(b.String(), `"known":[{"key":"aws:SourceIp","state":"absent","values":[]}]`))
	// Output: true
}
