package locale

import (
	"slices"
	"strings"
)

// enSubjectParts say which part of a token's subject differs.
var enSubjectParts = map[string]string{
	"repo":            "The repository differs.",
	"branch":          "The branch differs.",
	"tag":             "One is the subject of a tag, the other is not.",
	"environment":     "A job with an environment has that in its subject, in the place of the branch.",
	"namespace":       "The namespace differs.",
	"service_account": "The service account differs.",
	"organization":    "The organization differs.",
	"project":         "The project differs.",
	"workspace":       "The workspace differs.",
	"run_phase":       "The phase of the run differs.",
	"case":            "The two differ in upper and lower case only.",
	"immutable_id":    "One of the two has owner and repository with their ids, the other by their names alone.",
}

// subjectPart names the part of a subject that a kind of difference is about:
// "branch main", "namespace payments". Empty where it has none.
func (w en) subjectPart(kind, subject string) string {
	p := strings.Split(subject, ":")
	switch kind {
	case "repo":
		if len(p) > 1 && p[0] == "repo" {
			return "repository " + w.cut(p[1])
		}
		return w.byLabel("project", p, "project_path")
	case "branch", "tag", "environment", "pull_request":
		return w.ranOn(p)
	case "namespace", "service_account":
		if len(p) != 4 || p[0] != "system" {
			return ""
		}
		if kind == "namespace" {
			return "namespace " + w.cut(p[2])
		}
		return "service account " + w.cut(p[3])
	case "organization", "project", "workspace":
		return w.byLabel(kind, p, kind)
	case "run_phase":
		return w.byLabel("phase", p, kind)
	}
	return ""
}

func (w en) byLabel(name string, parts []string, label string) string {
	for i := 0; i+1 < len(parts); i += 2 {
		if parts[i] == label {
			return name + " " + w.cut(parts[i+1])
		}
	}
	return ""
}

// ranOn is what a workflow or pipeline ran on, by its subject: a branch, a tag,
// an environment, a pull request.
func (w en) ranOn(p []string) string {
	if kind := w.byLabel("", p, "ref_type"); kind != "" {
		ref := w.byLabel("", p, "ref")
		return w.anyOf(strings.TrimSpace(kind), strings.TrimSpace(ref))
	}
	if len(p) < 3 || p[0] != "repo" {
		return ""
	}
	value := strings.Join(p[3:], ":")
	switch p[2] {
	case "pull_request":
		return "a pull request"
	case "environment":
		return w.anyOf("environment", w.cut(value))
	case "ref":
		if tag, ok := strings.CutPrefix(value, "refs/tags/"); ok {
			return w.anyOf("tag", w.cut(tag))
		}
		if branch, ok := strings.CutPrefix(value, "refs/heads/"); ok {
			return w.anyOf("branch", w.cut(branch))
		}
	}
	return ""
}

func (en) anyOf(kind, name string) string {
	switch {
	case kind == "*":
		return ""
	case name == "*":
		if kind == "environment" {
			return "an environment"
		}
		return "a " + kind
	}
	return strings.TrimSpace(kind + " " + name)
}

// subjects are the parts that differ: those that the policy accepts, and the
// token's. Not ok where one of them cannot be told so.
func (w en) subjects(c *Cause) (wanted, got string, ok bool) {
	var list []string
	values := c.Condition.Wanted
	if len(values) == 0 && c.Detail.Wanted != "" {
		values = []string{c.Detail.Wanted}
	}
	for _, v := range values {
		if len(values) > 1 && ofOther(v, c.Detail.Got) && c.Detail.Kind != "repo" {
			continue // another repository's: it says nothing of this one
		}
		part := w.subjectPart(c.Detail.Kind, v)
		if part == "" {
			return "", "", false
		}
		if !slices.Contains(list, part) {
			list = append(list, part)
		}
	}
	got = w.subjectPart(c.Detail.Kind, c.Detail.Got)
	if got == "" || len(list) == 0 || slices.Contains(list, got) {
		return "", "", false
	}
	return w.list(list, "or"), got, true
}

// ofOther says that two subjects of GitHub or GitLab are of two repositories.
func ofOther(wanted, got string) bool {
	a, b := strings.Split(wanted, ":"), strings.Split(got, ":")
	return len(a) > 1 && len(b) > 1 && (a[0] == "repo" || a[0] == "project_path") && a[1] != b[1] && !strings.ContainsAny(a[1], "*?")
}

func (w en) subjectFault(c *Cause) string {
	if wanted, got, ok := w.subjects(c); ok {
		s := w.trust(c) + " accepts " + wanted + " only; "
		switch c.Detail.Kind {
		case "branch":
			return s + "the workflow ran on " + got
		case "pull_request", "tag", "environment":
			return s + "the token names " + got
		}
		return s + "the token is of " + got
	}
	switch c.Detail.Kind {
	case "wildcard":
		return w.trust(c) + " compares the token's subject (sub) with " + w.cut(c.Detail.Wanted) + " as it is written, not as a pattern"
	case "case":
		return w.trust(c) + " writes the token's subject (sub) in other upper and lower case than the token"
	case "immutable_id":
		if strings.Contains(c.Detail.Got, "@") {
			return w.trust(c) + " names owner and repository by their names alone, and the token's subject (sub) has their ids, too"
		}
		return w.trust(c) + " names owner and repository with their ids, and the token's subject (sub) has their names alone"
	}
	return w.subjectPlain(c)
}

func (w en) subjectPlain(c *Cause) string {
	if w.unwanted(c) {
		return w.trust(c) + w.conditionFault(c)
	}
	s := w.trust(c) + " expects another subject (sub) of the token"
	if len(c.Condition.Got) > 0 && c.Condition.State == "present" {
		return s + " than " + w.list(c.Condition.Got, "and")
	}
	return s
}

func (w en) subjectMore(c *Cause) string {
	if c.Detail.Kind == "repo" && strings.HasPrefix(c.Detail.Got, "project_path:") {
		return enSubjectParts["project"]
	}
	if c.Detail.Kind == "environment" && strings.Contains(c.Detail.Wanted, ":environment:") && strings.Contains(c.Detail.Got, ":environment:") {
		return "The environment differs."
	}
	return enSubjectParts[c.Detail.Kind]
}

// unwanted says that an Allow refuses the value that it names, or any.
func (w en) unwanted(c *Cause) bool {
	return !c.Explicit && len(c.Condition.Wanted) > 0 && !w.wants(c)
}

func (w en) subjectNext(c *Cause) string {
	if w.unwanted(c) {
		return w.conditionNext(c, w.roleOwner(&c.Call))
	}
	ask := "sk " + w.roleOwner(&c.Call) + " "
	switch c.Detail.Kind {
	case "wildcard":
		if c.Condition.Operator == "" {
			return "A" + ask + "to use StringLike for that condition."
		}
		return "A" + ask + "to use StringLike in place of " + w.cut(c.Condition.Operator) + " for that condition."
	case "immutable_id":
		return "A" + ask + "to put the token's exact subject into the condition: " + w.cut(c.Detail.Got) + "."
	case "case":
		return "A" + ask + "to write the subject as the token does: " + w.cut(c.Detail.Got) + "."
	}
	wanted, got, ok := w.subjects(c)
	if c.Explicit && !ok {
		return "If this caller is meant to have the role, a" + ask + "for an exception in " + w.thatStatement(c) + "."
	}
	if !ok {
		return "A" + ask + "whether this caller is meant to have the role; if so, the condition needs the token's exact subject."
	}
	switch c.Detail.Kind {
	case "branch", "tag", "environment":
		return "Run it from " + wanted + ", or a" + ask + "to add " + got + "."
	case "pull_request":
		return "Run it from " + wanted + ". If " + got + " is meant to have this role, a" + ask + "to add it."
	case "namespace", "service_account":
		return "Run the pod with " + w.podWanted(c, wanted) + ", or a" + ask + "whether " + w.cut(c.Detail.Got) + " is meant to have this role."
	}
	from := "from "
	if c.Detail.Kind != "repo" {
		from = "in "
	}
	return "Run it " + from + wanted + ", or a" + ask + "whether " + got + " is meant to have this role."
}

// podWanted is the service account that the policy accepts, with its namespace
// where it names one account.
func (w en) podWanted(c *Cause, wanted string) string {
	p := strings.Split(c.Detail.Wanted, ":")
	if len(c.Condition.Wanted) == 1 && len(p) == 4 && !strings.ContainsAny(p[2]+p[3], "*?") {
		return "service account " + w.cut(p[3]) + " of namespace " + w.cut(p[2])
	}
	if c.Detail.Kind == "namespace" {
		return "a service account of " + wanted
	}
	return wanted
}
