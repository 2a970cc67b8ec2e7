package policy

import (
	"strings"
	"testing"
)

// twoKB is a document of about 2,000 bytes on one line, as the API gives it
// once it is decoded.
func twoKB() []byte {
	stmt := `{"Sid":"AllowDeployersOfOneTeam","Effect":"Allow","Principal":{"AWS":["arn:aws:iam::111111111111:role/team/Deployer",` +
		`"arn:aws:iam::222222222222:root"]},"Action":["sts:AssumeRole","sts:TagSession"],"Condition":{"StringEquals":` +
		`{"aws:PrincipalOrgID":"o-exampleorg","aws:PrincipalTag/team":["blue","green"]},"Bool":{"aws:MultiFactorAuthPresent":"true"}}}`
	return []byte(`{"Version":"2012-10-17","Statement":[` + strings.Repeat(stmt+",", 4) + stmt + `]}`)
}

func BenchmarkParse(b *testing.B) {
	raw := twoKB()
	lines := []byte(Parse(raw).Text)
	for name, raw := range map[string][]byte{"one line": raw, "lines": lines, "encoded": []byte(everyByte(string(raw)))} {
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(raw)))
			b.ReportAllocs()
			for b.Loop() {
				Parse(raw)
			}
		})
	}
}
