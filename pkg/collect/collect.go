// Package collect is where estates come from: its sub-folders read a directory
// (files) or AWS, and hand what they read to package estate.
//
// A collector promises that what it could not read becomes a gap or a finding
// of the estate, never an absence; only broken machinery is an error.
package collect
