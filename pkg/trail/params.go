package trail

import "slices"

// params reads requestParameters of a role switch. It is nil when CloudTrail
// gives none, or says that it left them out for their size: then nothing is
// known of what was passed.
func params(v value) *Params {
	if len(v) == 0 || v[0] != '{' || v.get("omitted").flag() {
		return nil
	}
	p := &Params{}
	members(v, func(key []byte, m value) {
		if string(m) == "null" {
			return // not passed
		}
		if !p.read(string(key), m) {
			p.unread(string(key))
		}
	})
	return p
}

// unread notes a member that was passed, of which it is not known what.
func (p *Params) unread(name string) {
	if i, found := slices.BinarySearch(p.Unread, name); !found {
		p.Unread = slices.Insert(p.Unread, i, name)
	}
}

// read takes one member and says false when it has a type that is not its own,
// or is masked.
func (p *Params) read(key string, v value) bool {
	str := v[0] == '"'
	if str && key != "policy" && masked(v.text()) {
		return false
	}
	switch key {
	case "roleArn":
		p.RoleARN = v.text()
	case "principalArn":
		p.PrincipalARN = v.text()
	case "targetPrincipal":
		p.TargetPrincipal = v.text()
	case "roleSessionName":
		p.SessionName = v.given()
	case "externalId":
		p.ExternalID = v.given()
	case "sourceIdentity":
		p.SourceIdentity = v.given()
	case "serialNumber":
		p.SerialNumber = v.given()
	case "durationSeconds":
		p.Duration = v.whole()
		return p.Duration != nil
	case "policy":
		p.HasPolicy = p.HasPolicy || v.text() != "" || !str
		return str
	default:
		return p.readList(key, v)
	}
	return str
}

// readList takes the members that are lists or objects.
func (p *Params) readList(key string, v value) bool {
	filled := string(v) != "[]" && string(v) != "{}"
	ok := true
	switch key {
	case "tags", "principalTags":
		p.Tags, ok = v.tags()
	case "incomingTransitiveTags":
		p.IncomingTags, ok = v.tags()
	case "transitiveTagKeys":
		p.TransitiveKeys = nil
		ok = v[0] == '['
		elements(v, func(e value) {
			if e[0] != '"' || masked(e.text()) {
				ok = false
				return
			}
			p.TransitiveKeys = append(p.TransitiveKeys, e.text())
		})
	case "taskPolicyArn":
		arn := v.get("arn")
		p.TaskPolicy = arn.text()
		return len(arn) > 0 && arn[0] == '"'
	case "policyArns":
		p.HasPolicy = p.HasPolicy || filled
		return v[0] == '['
	case "providedContexts":
		p.ProvidedContext = filled
		return v[0] == '['
	}
	return ok
}

// given is a string that was passed, or nil for any other type.
func (v value) given() *string {
	if v[0] != '"' {
		return nil
	}
	s := v.text()
	return &s
}

// tags reads [{"key":"","value":""}] in its order, or {"key":"value"} sorted by
// key. It says false when an entry is neither, or masked; the others are read.
func (v value) tags() ([]Tag, bool) {
	if v[0] == '{' {
		pairs := v.pairs()
		ok := true
		members(v, func(_ []byte, m value) { ok = ok && m[0] == '"' })
		n := len(pairs)
		pairs = slices.DeleteFunc(pairs, Tag.masked)
		return pairs, ok && len(pairs) == n
	}
	var tags []Tag
	ok := v[0] == '['
	elements(v, func(e value) {
		key, text := e.get("key"), e.get("value")
		if len(key) == 0 || key[0] != '"' || len(text) == 0 || text[0] != '"' {
			ok = false
			return
		}
		tag := Tag{Key: key.text(), Value: text.text()}
		if tag.masked() {
			ok = false
			return
		}
		tags = append(tags, tag)
	})
	return tags, ok
}

func (t Tag) masked() bool { return masked(t.Key) || masked(t.Value) }
