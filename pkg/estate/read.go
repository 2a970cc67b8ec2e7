package estate

import (
	"bytes"
	"errors"
	"fmt"
)

// object is a JSON object of modest size, its members as raw text. Names are
// compared exactly, as AWS writes them.
type object struct {
	keys []string
	raw  [][]byte
	twin string // a name that stands there twice
}

// readObject reads an object that may be any JSON value.
func readObject(raw []byte) (object, error) {
	var o object
	seen := map[string]bool{}
	s := scanner{data: raw}
	err := s.object(func(key []byte) error {
		v, err := s.value()
		if err != nil {
			return err
		}
		k := keyText(key)
		if seen[k] && o.twin == "" {
			o.twin = k
		}
		seen[k] = true
		o.keys, o.raw = append(o.keys, k), append(o.raw, v)
		return nil
	})
	if err == nil {
		err = s.end()
	}
	return o, err
}

// get gives a member; null counts as not there, as AWS's tools print it for
// what is empty.
func (o object) get(key string) ([]byte, bool) {
	for i, k := range o.keys {
		if k == key {
			return o.raw[i], !bytes.Equal(o.raw[i], []byte("null"))
		}
	}
	return nil, false
}

// text gives a string member; false when it is not there or no string.
func (o object) text(key string) (string, bool) {
	raw, _ := o.get(key)
	return text(raw)
}

// str gives a string member, "" when it is not there or no string.
func (o object) str(key string) string {
	v, _ := o.text(key)
	return v
}

// list gives a list member, empty when it is not there; false when it is
// there and no list.
func (o object) list(key string) ([][]byte, bool) {
	raw, ok := o.get(key)
	if !ok {
		return nil, true
	}
	return elements(raw)
}

// elements are the values of a JSON array; false when it is none.
func elements(raw []byte) ([][]byte, bool) {
	var all [][]byte
	s := scanner{data: raw}
	if s.peek() != '[' {
		return nil, false
	}
	err := s.array(func() error {
		v, err := s.value()
		all = append(all, v)
		return err
	})
	return all, err == nil
}

// strs is a list of strings; false when it is none.
func strs(raw []byte) ([]string, bool) {
	vals, ok := elements(raw)
	if !ok {
		return nil, false
	}
	out := make([]string, 0, len(vals))
	for _, v := range vals {
		t, ok := text(v)
		if !ok {
			return nil, false
		}
		out = append(out, t)
	}
	return out, true
}

// plain gives the JSON text of a file, or says why it holds none.
func plain(f File) (data []byte, problem string) {
	if f.Problem != "" {
		return nil, f.Problem
	}
	data = bytes.TrimPrefix(f.Data, []byte("\xef\xbb\xbf"))
	switch {
	case len(bytes.TrimSpace(data)) == 0:
		return nil, "is empty: write it again, or remove it if it was never read"
	case bytes.HasPrefix(data, []byte{0x1f, 0x8b}):
		return nil, "is compressed (gzip): unpack it"
	case bytes.HasPrefix(data, []byte("\xff\xfe")), bytes.HasPrefix(data, []byte("\xfe\xff")):
		return nil, "is UTF-16 text, as some shells write it: save it as UTF-8"
	case bytes.IndexByte(data[:min(len(data), 512)], 0) >= 0:
		return nil, "is binary, not JSON: put the output of the command there that the README names"
	}
	return data, ""
}

// describe puts a syntax error into words, with its line.
func describe(data []byte, err error) string {
	var bad *syntaxError
	if !errors.As(err, &bad) {
		return "is not what was expected: " + err.Error()
	}
	line := 1 + bytes.Count(data[:bad.pos], []byte{'\n'})
	if bad.end {
		return fmt.Sprintf("is cut off after line %d: write it again", line)
	}
	return fmt.Sprintf("line %d: no JSON: %s: correct it or write the file again", line, bad.msg)
}

// open reads a file whose top level must be an object.
func open(f File) (object, string) {
	data, problem := plain(f)
	if problem != "" {
		return object{}, problem
	}
	s := scanner{data: data}
	if c := s.peek(); c == '[' || c == '"' {
		return object{}, "holds no JSON object at its top: put the whole output of the command there"
	}
	o, err := readObject(data)
	if err != nil {
		return object{}, describe(data, err)
	}
	if o.twin != "" {
		return object{}, fmt.Sprintf("has %.60q twice: keep one", o.twin)
	}
	return o, ""
}
