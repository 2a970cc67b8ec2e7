package arn

import (
	"strings"
	"testing"
)

func TestParse(t *testing.T) {
	tests := []struct {
		text string
		want ARN
		ok   bool
	}{
		{
			"arn:aws:iam::111111111111:role/team/Target",
			ARN{Partition: "aws", Service: "iam", Account: "111111111111", Resource: "role/team/Target"},
			true,
		},
		{
			"arn:aws-cn:sns:cn-north-1:111111111111:topic:sub",
			ARN{Partition: "aws-cn", Service: "sns", Region: "cn-north-1", Account: "111111111111", Resource: "topic:sub"},
			true,
		},
		{"arn:aws:s3:::bucket", ARN{Partition: "aws", Service: "s3", Resource: "bucket"}, true},
		{"arn:aws:iam::111111111111", ARN{}, false},
		{"urn:aws:iam::1:role/x", ARN{}, false},
		{"arn::iam::1:role/x", ARN{}, false},
		{"", ARN{}, false},
	}
	for _, tt := range tests {
		got, ok := Parse(tt.text)
		if ok != tt.ok || got != tt.want {
			t.Errorf("Parse(%q) = %+v, %v", tt.text, got, ok)
		}
		if ok && got.String() != tt.text {
			t.Errorf("Parse(%q).String() = %q", tt.text, got)
		}
	}
	if (ARN{}).String() != "" {
		t.Error("the zero ARN is the empty text")
	}
}

func TestSplit(t *testing.T) {
	got, ok := Split("arn:aws::cloudfront:123456789012:distribution/a:b")
	if !ok || got != (Segments{"arn", "aws", "", "cloudfront", "123456789012", "distribution/a:b"}) {
		t.Errorf("got %q, %v", got, ok)
	}
	if _, ok := Split("a:b:c:d:e"); ok {
		t.Error("five segments are too few")
	}
}

func TestRoleName(t *testing.T) {
	for _, tt := range [][3]string{
		{"role/a/b/Name", "role/a/b/", "Name"},
		{"role/Name", "role/", "Name"},
		{"Name", "", "Name"},
	} {
		if path, name := RoleName(tt[0]); path != tt[1] || name != tt[2] {
			t.Errorf("RoleName(%q) = %q, %q", tt[0], path, name)
		}
	}
}

func FuzzARNRoundTrip(f *testing.F) {
	f.Add("arn:aws:iam::111111111111:role/a")
	f.Add("arn:aws:s3:::b:c")
	f.Add("::::::")
	f.Fuzz(func(t *testing.T, s string) {
		a, ok := Parse(s)
		if ok && a.String() != s {
			t.Errorf("Parse(%q).String() = %q", s, a)
		}
		seg, split := Split(s)
		if split && strings.Join(seg[:], ":") != s {
			t.Errorf("Split(%q) = %q", s, seg)
		}
		if ok && !split {
			t.Errorf("%q parses but does not split", s)
		}
	})
}
