package arn

import "strings"

// Segments is an ARN cut at its first five colons, without any judgement of
// the parts: partition and service may be anything.
type Segments [6]string

// Split cuts s at its first five colons. It says false when there are fewer.
// Unlike Parse it takes any text, as the ARN operators of a condition do
// (IAM JSON policy elements: Condition operators).
func Split(s string) (Segments, bool) {
	var out Segments
	n, from := 0, 0
	for i := 0; i < len(s); i++ {
		if s[i] != ':' {
			continue
		}
		out[n] = s[from:i]
		n, from = n+1, i+1
		if n == 5 {
			out[5] = s[from:]
			return out, true
		}
	}
	return Segments{}, false
}

// RoleName is the last part of a path "role/a/b/Name" or "user/a/Name", and
// what stands before it, with its slash.
func RoleName(resource string) (path, name string) {
	i := strings.LastIndexByte(resource, '/')
	return resource[:i+1], resource[i+1:]
}
