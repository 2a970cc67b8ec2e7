package html

import (
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"github.com/assumewhy/assumewhy/pkg/render"
)

// made are the only elements that this package makes, and the attributes that
// each may have.
var made = map[string][]string{
	"html": {"lang"}, "head": nil, "body": nil, "main": nil, "title": nil, "style": nil, "meta": {"charset", "http-equiv", "content", "name"},
	"nav": {"id"}, "ol": nil, "li": {"class"}, "a": {"href"}, "article": {"id"}, "header": nil, "footer": nil, "section": {"class"},
	"h1": nil, "h2": nil, "p": {"class"}, "div": {"class", "aria-hidden"}, "span": {"class"}, "b": nil, "strong": nil, "code": nil, "mark": nil,
	"pre": nil, "blockquote": nil, "ul": {"class"}, "dl": nil, "dt": nil, "dd": {"class"}, "details": nil, "summary": nil,
}

// parsed is a page as a browser reads it: how often each element is there, and
// the text of all that is shown.
type parsed struct {
	count map[string]int
	text  string
	links []string
}

// checkPage wants a page of nothing but what this package makes.
func checkPage(t testing.TB, page string) parsed {
	t.Helper()
	root, err := html.Parse(strings.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	p := parsed{count: map[string]int{}}
	var text strings.Builder
	for n := range root.Descendants() {
		switch n.Type {
		case html.TextNode:
			if n.Parent.Data != "style" && n.Parent.Data != "title" {
				text.WriteString(n.Data)
			}
			if n.Parent.Data == "style" && n.Data != style {
				t.Fatalf("another style: %q", n.Data)
			}
		case html.ElementNode:
			p.count[n.Data]++
			allowed, ok := made[n.Data]
			if !ok {
				t.Fatalf("element <%s>:\n%s", n.Data, page)
			}
			p.attributes(t, n, allowed)
		case html.CommentNode:
			t.Fatalf("a comment %q", n.Data)
		}
	}
	p.text = words(text.String())
	for _, tag := range []string{"html", "head", "body", "main", "title", "style"} {
		if p.count[tag] != 1 {
			t.Fatalf("%d elements <%s>", p.count[tag], tag)
		}
	}
	checkClosed(t, page)
	return p
}

func (p *parsed) attributes(t testing.TB, n *html.Node, allowed []string) {
	t.Helper()
	for _, a := range n.Attr {
		switch {
		case !slices.Contains(allowed, a.Key):
			t.Fatalf("attribute %s=%q of <%s>", a.Key, a.Val, n.Data)
		case a.Key == "href":
			if !strings.HasPrefix(a.Val, "#r") || strings.Trim(a.Val[2:], "0123456789") != "" {
				t.Fatalf("link to %q", a.Val)
			}
			p.links = append(p.links, a.Val)
		case a.Key == "class" && strings.Trim(a.Val, "abcdefghijklmnopqrstuvwxyz ") != "":
			t.Fatalf("class %q", a.Val)
		}
	}
}

// checkClosed wants every element that is begun to be ended, in order, so that
// a browser has nothing to mend.
func checkClosed(t testing.TB, page string) {
	t.Helper()
	var open []string
	z := html.NewTokenizer(strings.NewReader(page))
	for {
		switch z.Next() {
		case html.ErrorToken:
			if len(open) > 0 {
				t.Fatalf("not ended: %v", open)
			}
			return
		case html.StartTagToken:
			name, _ := z.TagName()
			if string(name) != "meta" {
				open = append(open, string(name))
			}
		case html.EndTagToken:
			name, _ := z.TagName()
			if len(open) == 0 || open[len(open)-1] != string(name) {
				t.Fatalf("</%s> in %v", name, open)
			}
			open = open[:len(open)-1]
		}
	}
}

// words has blanks in a row as one.
func words(s string) string { return strings.Join(strings.Fields(s), " ") }

// seen is what a reader should see of a text.
func seen(s string) string { return words(render.Visible(s)) }
