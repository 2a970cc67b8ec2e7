package template

import (
	"fmt"
	"reflect"
	"strings"
)

// matches tells whether an event matches a pattern of EventBridge (EventBridge
// User Guide, "Comparison operators for use in event patterns"): all members must
// match, one of a member's list is enough. What this matcher does not know is an
// error and never a match.
func matches(pattern map[string]any, event any) (bool, error) {
	all := true
	if len(pattern) == 0 {
		return false, fmt.Errorf("an empty pattern")
	}
	for name, p := range pattern {
		value, present := any(nil), false
		if m, ok := event.(map[string]any); ok {
			value, present = m[name]
		}
		ok, err := member(p, value, present)
		if err != nil {
			return false, fmt.Errorf("%s: %w", name, err)
		}
		all = all && ok
	}
	return all, nil
}

func member(p, value any, present bool) (bool, error) {
	if below, ok := p.(map[string]any); ok {
		return matches(below, value)
	}
	alternatives, ok := p.([]any)
	if !ok || len(alternatives) == 0 {
		return false, fmt.Errorf("%v is no list of values", p)
	}
	if _, inner := value.(map[string]any); inner {
		value, present = nil, false // only leaves are values
	}
	values := []any{value}
	if l, ok := value.([]any); ok {
		values = l
	}
	any1 := false
	for _, a := range alternatives {
		ok, err := alternative(a, values, present)
		if err != nil {
			return false, err
		}
		any1 = any1 || ok
	}
	return any1, nil
}

func alternative(a any, values []any, present bool) (bool, error) {
	operator, ok := a.(map[string]any)
	if !ok {
		return present && within(a, values), nil
	}
	if len(operator) != 1 {
		return false, fmt.Errorf("%v is not one operator", operator)
	}
	for name, argument := range operator {
		switch name {
		case "exists":
			wanted, ok := argument.(bool)
			if !ok {
				return false, fmt.Errorf("exists: %v", argument)
			}
			return present == wanted, nil
		case "anything-but":
			not, ok := argument.([]any)
			if !ok {
				not = []any{argument}
			}
			for _, n := range not {
				if _, nested := n.(map[string]any); nested {
					return false, fmt.Errorf("this matcher knows no %v", a)
				}
				if within(n, values) {
					return false, nil
				}
			}
			return present, nil // never where the field is missing
		case "prefix":
			start, ok := argument.(string)
			if !ok {
				return false, fmt.Errorf("this matcher knows no %v", a)
			}
			for _, v := range values {
				if s, ok := v.(string); ok && present && strings.HasPrefix(s, start) {
					return true, nil
				}
			}
			return false, nil
		default:
			return false, fmt.Errorf("this matcher knows no operator %q", name)
		}
	}
	return false, nil
}

func within(v any, values []any) bool {
	for _, one := range values {
		if reflect.DeepEqual(v, one) {
			return true
		}
	}
	return false
}
