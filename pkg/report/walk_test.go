package report

import (
	"fmt"
	"reflect"
	"testing"
)

// filled makes a value whose every string is another, with n elements in every
// list and something behind every pointer. Of Before, After and Patch, which
// may be anything, it leaves the first two nil.
func filled(v reflect.Value, n int, next *int) {
	switch v.Kind() {
	case reflect.String:
		*next++
		v.SetString(fmt.Sprintf("text %d", *next))
	case reflect.Int:
		*next++
		v.SetInt(int64(*next))
	case reflect.Bool:
		*next++
		v.SetBool(*next%2 == 0)
	case reflect.Struct:
		for i := range v.NumField() {
			filled(v.Field(i), n, next)
		}
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		filled(v.Elem(), n, next)
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), n, n))
		for i := range n {
			filled(v.Index(i), n, next)
		}
	case reflect.Array:
		for i := range v.Len() {
			filled(v.Index(i), n, next)
		}
	case reflect.Map:
		v.Set(reflect.MakeMap(v.Type()))
	}
}

// stringsOf adds the strings of a value, but for those of maps and behind an any.
func stringsOf(v reflect.Value, list *[]string) {
	switch v.Kind() {
	case reflect.String:
		*list = append(*list, v.String())
	case reflect.Struct:
		for i := range v.NumField() {
			stringsOf(v.Field(i), list)
		}
	case reflect.Pointer:
		if !v.IsNil() {
			stringsOf(v.Elem(), list)
		}
	case reflect.Slice, reflect.Array:
		for i := range v.Len() {
			stringsOf(v.Index(i), list)
		}
	}
}

// wholeReport is a report that has everything that a report can have.
func wholeReport(n int) *Report {
	var r Report
	next := 0
	filled(reflect.ValueOf(&r).Elem(), n, &next)
	return &r
}

// TestEachString: the walk leaves no string out and takes none twice.
func TestEachString(t *testing.T) {
	r := wholeReport(2)
	var before, after []string
	stringsOf(reflect.ValueOf(r), &before)
	visited := map[string]int{}
	r.eachString(func(s string) string {
		visited[s]++
		return s + "!"
	})
	stringsOf(reflect.ValueOf(r), &after)
	if len(before) < 200 || len(visited) != len(before) {
		t.Errorf("%d of %d strings were visited", len(visited), len(before))
	}
	for i, s := range before {
		if visited[s] != 1 || after[i] != s+"!" {
			t.Errorf("%s: visited %d times, is now %s", s, visited[s], after[i])
		}
	}
}

// TestFill: no list and no map is null afterwards, neither of an empty report
// nor of one in which only the innermost are.
func TestFill(t *testing.T) {
	whole := wholeReport(2)
	if n := emptied(reflect.ValueOf(whole).Elem()); n < 40 {
		t.Errorf("only %d innermost lists", n)
	}
	for name, r := range map[string]*Report{"empty": {Trace: &Trace{}}, "innermost empty": whole} {
		fill(r)
		eachNull(name, reflect.ValueOf(r).Elem(), func(where string) { t.Error(where, "is null") })
	}
}

// emptied makes every list null that has no list in its elements, and counts
// them.
func emptied(v reflect.Value) (n int) {
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			n += emptied(v.Field(i))
		}
	case reflect.Pointer:
		n = emptied(v.Elem())
	case reflect.Map:
		v.SetZero()
	case reflect.Slice:
		for i := range v.Len() {
			n += emptied(v.Index(i))
		}
		if n == 0 {
			v.SetZero()
			n = 1
		}
	}
	return n
}

func eachNull(where string, v reflect.Value, tell func(where string)) {
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			eachNull(where+"."+v.Type().Field(i).Name, v.Field(i), tell)
		}
	case reflect.Pointer:
		eachNull(where, v.Elem(), tell)
	case reflect.Map, reflect.Slice:
		if v.IsNil() {
			tell(where)
		}
		for i := 0; v.Kind() == reflect.Slice && i < v.Len(); i++ {
			eachNull(where, v.Index(i), tell)
		}
	}
}
