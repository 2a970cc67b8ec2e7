package cli

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strings"

	"github.com/assumewhy/assumewhy/pkg/reconstruct"
	"github.com/assumewhy/assumewhy/pkg/request"
)

// maxFact is how long the value in a KEY=@FILE may be, in bytes.
const maxFact = 64 << 10

// factForm is how a flag of facts is to be written.
const factForm = "write KEY=VALUE with a condition key, such as aws:SourceIp=203.0.113.7"

// facts reads what the operator says of condition keys: KEY=VALUE, the same key
// again for a list, KEY= for absent, KEY=@FILE for a value in a file and, where
// unknowable, KEY=? for unknown. Values may be secret, and whoever misplaces
// one puts it where the key belongs: so an error names a flag by its number,
// and a key only when it is one of AWS's.
func (p *program) facts(flag string, args []string, unknowable bool) ([]reconstruct.Known, error) {
	var all []reconstruct.Known
	for i, arg := range args {
		where := fmt.Sprintf("--%s number %d", flag, i+1)
		f, err := fact(where, arg)
		if err != nil {
			return nil, err
		}
		if f.Any && !unknowable {
			return nil, misuse("%s: KEY=? is for simulate: leave out what is not known", where)
		}
		spec, known := request.Lookup(f.Key)
		if !known {
			p.say(strangeKey(where, f.Key))
		} else if err := fits(where, spec, f); err != nil {
			return nil, err
		}
		if all, err = merge(all, f, where); err != nil {
			return nil, err
		}
	}
	return all, nil
}

// fact reads one KEY=VALUE.
func fact(where, arg string) (reconstruct.Known, error) {
	key, value, ok := strings.Cut(arg, "=")
	key = strings.TrimSpace(key)
	if full := fullKey(key); full != "" {
		return reconstruct.Known{}, misuse("%s: no condition key has that name: did you mean %s?", where, full)
	}
	if prefix, rest, colon := strings.Cut(key, ":"); !ok || !colon || prefix == "" || rest == "" {
		return reconstruct.Known{}, misuse("%s is not understood: %s", where, factForm)
	}
	f := reconstruct.Known{Key: request.Canonical(key)}
	file, isFile := strings.CutPrefix(value, "@")
	switch {
	case value == "":
	case value == "?":
		f.Any = true
	case isFile:
		text, err := contents(file, "KEY=@FILE wants the name of a file")
		if err != nil {
			return f, fmt.Errorf("reading the file of %s: %w", where, err)
		}
		f.Values = []string{text}
	default:
		f.Values = []string{value}
	}
	return f, nil
}

// contents is what a file holds, without the newline at its end. The name is
// in no error: it may be a value that begins with "@". hint is what to do.
func contents(name, hint string) (string, error) {
	f, err := os.Open(name)
	if err != nil {
		return "", fmt.Errorf("%w: %s", nameless(err), hint)
	}
	defer func() { _ = f.Close() }() // read only: nothing is lost
	data, err := io.ReadAll(io.LimitReader(f, maxFact+1))
	switch {
	case err != nil:
		return "", fmt.Errorf("%w: %s", nameless(err), hint)
	case len(data) > maxFact:
		return "", fmt.Errorf("it is longer than %d bytes, as no condition key's value is: check the name", maxFact)
	}
	text := strings.TrimSuffix(strings.TrimSuffix(string(data), "\n"), "\r")
	if text == "" {
		return "", errors.New("it is empty: write KEY= for a key that is absent")
	}
	return text, nil
}

// nameless is the error without the operation and the path in front of it.
func nameless(err error) error {
	var at *fs.PathError
	if errors.As(err, &at) {
		return at.Err
	}
	return err
}

// merge adds a fact; one more value of a key makes a list.
func merge(all []reconstruct.Known, f reconstruct.Known, where string) ([]reconstruct.Known, error) {
	for i := range all {
		if !strings.EqualFold(all[i].Key, f.Key) {
			continue
		}
		if (len(all[i].Values) == 0) != (len(f.Values) == 0) || all[i].Any != f.Any {
			return nil, misuse("%s contradicts an earlier one of the same key: a key has values, is absent or is unknown", where)
		}
		all[i].Values = append(all[i].Values, f.Values...)
		return all, nil
	}
	return append(all, f), nil
}

// strangeKey warns of a key that AWS does not list: policies may hold it, but
// it is more likely misspelled.
func strangeKey(where, key string) string {
	var names []string
	for _, s := range request.Catalogue() {
		if !s.Family {
			names = append(names, s.Name)
		}
	}
	if near := nearest(key, names); near != "" {
		return where + ": no condition key of AWS has that name: did you mean " + near + "?"
	}
	return where + ": no condition key of a role switch has that name: it counts only where a policy names it so"
}

// fullKey is the condition key of which only the part behind the service was
// written ("ExternalId"), or nothing.
func fullKey(key string) string {
	for _, s := range request.Catalogue() {
		if _, rest, _ := strings.Cut(s.Name, ":"); strings.EqualFold(rest, key) {
			return s.Name
		}
	}
	return ""
}
