package markdown

import (
	"bytes"
	"html"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"
	rendered "github.com/yuin/goldmark/renderer/html"

	"github.com/assumewhy/assumewhy/pkg/render"
)

// forge reads Markdown as GitHub does, with the links that it finds by itself
// and footnotes, and lets raw HTML through, so that none can hide.
var forge = goldmark.New(
	goldmark.WithExtensions(extension.GFM, extension.Footnote, extension.DefinitionList),
	goldmark.WithRendererOptions(rendered.WithUnsafe()),
)

// asHTML is what a forge makes of the Markdown.
func asHTML(t testing.TB, source string) string {
	t.Helper()
	var out bytes.Buffer
	if err := forge.Convert([]byte(source), &out); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

var (
	tag   = regexp.MustCompile(`<[^>]*>`)
	coded = regexp.MustCompile(`(?s)<(pre|code)\b.*?</(pre|code)>`)
)

// made are the only elements that this package makes.
var made = []string{
	"<h3>", "<h4>", "<p>", "<strong>", "<code>", "<pre>", `<code class="language-text">`,
	"<table>", "<thead>", "<tbody>", "<tr>", "<th>", "<td>", "<ul>", "<li>", "<details>", "<hr>",
}

// words is the text of a page, blanks in a row as one, and no blanks around
// markup.
func words(page string) string {
	return strings.Join(strings.Fields(html.UnescapeString(tag.ReplaceAllString(page, ""))), " ")
}

// notified is what a forge looks for in the text of a page outside of code: a
// mention, an issue, a commit, an address.
var notified = regexp.MustCompile(`@|#|://|www\.|\bGH-[0-9]+\b|:[a-z_]+:|\$|\[\[|<|&`)

// checkPage wants nothing but the elements that this package makes, and outside
// of code nothing that is linked or notified. It gives the text.
func checkPage(t testing.TB, source string) string {
	t.Helper()
	page := asHTML(t, source)
	for _, element := range tag.FindAllString(page, -1) {
		if !slices.Contains(made, strings.Replace(element, "</", "<", 1)) && element != "</code>" {
			t.Fatalf("element %s\n%s\n%s", element, source, page)
		}
	}
	if found := notified.FindString(words(coded.ReplaceAllString(page, " "))); found != "" {
		t.Fatalf("%q outside of code:\n%s\n%s", found, source, page)
	}
	return words(page)
}

// seen is what a reader should see of a text.
func seen(s string) string { return strings.Join(strings.Fields(render.Visible(s)), " ") }
