package template

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// Stack is a template with its parameters put in: intrinsic functions are
// replaced by what they give, resources without their condition are not there.
// Ref of a resource gives its logical id, GetAtt "ID.Attribute"; the ARN of a role
// is what it will be.
type Stack struct {
	Resources map[string]Resource
	Outputs   map[string]any
}

// Resource is one of a stack.
type Resource struct {
	Type       string
	Properties map[string]any
	Deletion   string // DeletionPolicy
	Replace    string // UpdateReplacePolicy
}

// pseudo are the parameters that CloudFormation itself gives.
var pseudo = map[string]string{
	"AWS::AccountId": "111122223333", "AWS::Region": "eu-west-1", "AWS::Partition": "aws",
	"AWS::URLSuffix": "amazonaws.com", "AWS::StackName": "assumewhy",
}

// Make puts parameters (KEY=VALUE, pseudo parameters too; the last one counts)
// into a template.
func Make(t testing.TB, name string, parameters ...string) *Stack {
	t.Helper()
	m := &maker{t: t, name: name, raw: Load(t, name), values: maps.Clone(pseudo)}
	for key, p := range object(m.raw["Parameters"]) {
		if given, ok := p.(map[string]any)["Default"]; ok {
			m.values[key] = fmt.Sprint(given)
		}
	}
	for _, p := range parameters {
		key, value := split(p)
		m.values[key] = value
	}
	s := &Stack{Resources: map[string]Resource{}}
	for id, r := range object(m.raw["Resources"]) {
		if when, ok := At(r, "Condition").(string); ok && !m.condition(when) {
			continue
		}
		properties, _ := m.value(At(r, "Properties")).(map[string]any)
		s.Resources[id] = Resource{
			Type: At(r, "Type").(string), Properties: properties,
			Deletion: word(At(r, "DeletionPolicy")), Replace: word(At(r, "UpdateReplacePolicy")),
		}
	}
	s.Outputs = map[string]any{}
	for id, o := range object(m.raw["Outputs"]) {
		if when, ok := At(o, "Condition").(string); !ok || m.condition(when) {
			s.Outputs[id] = m.value(At(o, "Value"))
		}
	}
	return s
}

// Of gives the logical ids of a type, sorted.
func (s *Stack) Of(kind string) []string {
	var out []string
	for id, r := range s.Resources {
		if r.Type == kind {
			out = append(out, id)
		}
	}
	slices.Sort(out)
	return out
}

// Get goes down the properties of a resource.
func (s *Stack) Get(id string, path ...string) any { return At(s.Resources[id].Properties, path...) }

type maker struct {
	t      testing.TB
	name   string
	raw    map[string]any
	values map[string]string
}

// nothing is the value of AWS::NoValue: its member or element is not there.
type nothing struct{}

// value replaces the functions in a tree.
func (m *maker) value(v any) any {
	switch v := v.(type) {
	case []any:
		out := []any{}
		for _, e := range v {
			if e = m.value(e); e != (nothing{}) {
				out = append(out, e)
			}
		}
		return out
	case map[string]any:
		if len(v) == 1 {
			for name, argument := range v {
				if name == "Ref" || name == "Condition" && isText(argument) || strings.HasPrefix(name, "Fn::") {
					return m.function(name, argument)
				}
			}
		}
		out := map[string]any{}
		for name, e := range v {
			if e = m.value(e); e != (nothing{}) {
				out[name] = e
			}
		}
		return out
	}
	return v
}

func (m *maker) function(name string, argument any) any {
	m.t.Helper()
	switch name {
	case "Ref":
		return m.ref(argument.(string))
	case "Fn::GetAtt":
		return m.attribute(argument)
	case "Fn::Sub":
		return m.sub(argument)
	case "Fn::If":
		a := list(argument)
		if m.condition(a[0].(string)) {
			return m.value(a[1])
		}
		return m.value(a[2])
	}
	a := list(m.value(argument))
	if text, ok := argument.(string); ok && name == "Condition" {
		return m.condition(text)
	}
	switch name {
	case "Fn::Equals":
		return fmt.Sprint(a[0]) == fmt.Sprint(a[1])
	case "Fn::Not":
		return !a[0].(bool)
	case "Fn::And":
		return !slices.Contains(a, any(false))
	case "Fn::Or":
		return slices.Contains(a, any(true))
	case "Fn::Split":
		out := []any{}
		for part := range strings.SplitSeq(a[1].(string), a[0].(string)) {
			out = append(out, part)
		}
		return out
	case "Fn::Select":
		n, err := strconv.Atoi(fmt.Sprint(a[0]))
		if err != nil || n >= len(list(a[1])) {
			m.t.Fatalf("%s: Fn::Select %v of %v", m.name, a[0], a[1])
		}
		return list(a[1])[n]
	}
	m.t.Fatalf("%s: this test knows no %s", m.name, name)
	return nil
}

func (m *maker) condition(name string) bool {
	body, ok := object(m.raw["Conditions"])[name]
	if !ok {
		m.t.Fatalf("%s: there is no condition %s", m.name, name)
	}
	yes, ok := m.value(body).(bool)
	if !ok {
		m.t.Fatalf("%s: condition %s is neither true nor false", m.name, name)
	}
	return yes
}

func (m *maker) ref(name string) any {
	if name == "AWS::NoValue" {
		return nothing{}
	}
	if v, ok := m.values[name]; ok {
		return v
	}
	if _, ok := object(m.raw["Resources"])[name]; ok {
		return name
	}
	m.t.Fatalf("%s: there is no %s to refer to, and it has no default", m.name, name)
	return nil
}

func (m *maker) attribute(argument any) any {
	parts := Texts(argument)
	if len(parts) == 1 {
		id, attribute, _ := strings.Cut(parts[0], ".")
		parts = []string{id, attribute}
	}
	r, ok := object(m.raw["Resources"])[parts[0]]
	if !ok {
		m.t.Fatalf("%s: there is no %s to get %s of", m.name, parts[0], parts[1])
	}
	if At(r, "Type") == "AWS::IAM::Role" && parts[1] == "Arn" {
		return fmt.Sprintf("arn:%s:iam::%s:role/%s", m.values["AWS::Partition"], m.values["AWS::AccountId"], m.value(At(r, "Properties", "RoleName")))
	}
	return parts[0] + "." + parts[1]
}

var inSub = regexp.MustCompile(`\$\{([A-Za-z0-9:.]+)\}`)

func (m *maker) sub(argument any) any {
	text, own := word(argument), map[string]any{}
	if a := list(argument); a != nil {
		text, own = word(a[0]), object(m.value(a[1]))
	}
	return inSub.ReplaceAllStringFunc(text, func(s string) string {
		name := s[2 : len(s)-1]
		if v, ok := own[name]; ok {
			return fmt.Sprint(v)
		}
		if strings.Contains(name, ".") {
			return fmt.Sprint(m.attribute(name))
		}
		return fmt.Sprint(m.ref(name))
	})
}

func object(v any) map[string]any {
	out, _ := v.(map[string]any)
	return out
}

func word(v any) string {
	s, _ := v.(string)
	return s
}

func isText(v any) bool {
	_, ok := v.(string)
	return ok
}
