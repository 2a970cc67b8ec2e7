package trail

import (
	"slices"
	"strconv"
	"strings"
)

// A told is what stands above an error in pasted text and says what was asked
// for: the command of the AWS CLI that failed, or Terraform's own words. Of an
// ExternalId and an MFA code nothing is kept but that they were sent.
type told struct {
	params Params
	found  bool
	next   int // the line behind the command
}

// Limits of what is read of a command, in bytes and words.
const (
	maxCommand = 8 << 10
	maxWords   = 256
)

// look reads what the line i tells, if anything. A later command stands for
// what was told before.
func (t *told) look(lines []string, i int) {
	line := lines[i]
	if at := strings.Index(line, "IAM Role ("); at >= 0 {
		t.terraform(lines, i, line[at+len("IAM Role ("):])
	}
	at := strings.Index(line, "sts assume-role ")
	if at < 0 || i < t.next || !strings.Contains(line[:at], "aws") {
		return
	}
	rest, n := line[at+len("sts assume-role"):], i+1
	for ; strings.HasSuffix(rest, `\`) && n < len(lines) && n < i+maxLines && len(rest) < maxCommand; n++ {
		rest = strings.TrimSuffix(rest, `\`) + " " + lines[n]
	}
	if len(rest) > maxCommand {
		return
	}
	list := words(rest)
	if n < len(lines) && lines[n] != "" && !beginsIn(lines[n]) && len(list) > 0 {
		list = list[:len(list)-1] // its last word may go on in the next line
	}
	*t = told{found: true, next: n}
	t.params.Partial = true
	t.flags(list)
}

// terraform reads "IAM Role (ARN) cannot be assumed", which may be wrapped.
func (t *told) terraform(lines []string, i int, rest string) {
	for n := i + 1; n < len(lines) && n < i+3; n++ {
		rest += " " + strings.TrimLeft(lines[n], " ")
	}
	role, after, ok := strings.Cut(rest, ")")
	if role = strings.ReplaceAll(role, " ", ""); ok && isRoleARN(role) && strings.HasPrefix(strings.TrimLeft(after, " "), "cannot be assumed") {
		*t = told{found: true, params: Params{RoleARN: role, Partial: true}}
	}
}

// flags reads the options of aws sts assume-role (AWS CLI Command Reference).
func (t *told) flags(list []string) {
	for i := 0; i < len(list); {
		name, value, joined := strings.Cut(list[i], "=")
		if i++; !strings.HasPrefix(name, "--") {
			continue
		}
		var values []string
		if joined {
			values = []string{value}
		}
		for ; !joined && i < len(list) && !strings.HasPrefix(list[i], "--"); i++ {
			values = append(values, list[i])
		}
		if len(values) > 0 {
			t.flag(name, values)
		}
	}
}

func (t *told) flag(name string, values []string) {
	p, value := &t.params, values[0]
	switch name {
	case "--role-arn":
		if isRoleARN(value) {
			p.RoleARN = value
		}
	case "--role-session-name":
		if isSessionName(value) {
			p.SessionName = &value
		}
	case "--source-identity":
		if isSessionName(value) {
			p.SourceIdentity = &value
		} else {
			p.unread("sourceIdentity")
		}
	case "--external-id":
		p.unread("externalId")
	case "--serial-number":
		p.unread("serialNumber")
	case "--duration-seconds":
		if n, err := strconv.ParseInt(value, 10, 32); err == nil && n > 0 {
			p.Duration = &n
		}
	case "--policy", "--policy-arns":
		p.HasPolicy = true
	case "--provided-contexts":
		p.ProvidedContext = true
	case "--tags":
		t.tags(values)
	case "--transitive-tag-keys":
		p.TransitiveKeys = slices.DeleteFunc(values, func(s string) bool { return strings.ContainsAny(s, "$`") })
	}
}

// tags reads "Key=a,Value=b Key=c,Value=d"; of any other form it is known only
// that there are tags.
func (t *told) tags(values []string) {
	for _, v := range values {
		key, value, ok := strings.Cut(v, ",Value=")
		key, named := strings.CutPrefix(key, "Key=")
		if !ok || !named || key == "" || strings.ContainsAny(v, "$`") {
			t.params.unread("tags")
			continue
		}
		t.params.Tags = append(t.params.Tags, Tag{Key: key, Value: value})
	}
}

// isSessionName holds a value to what AWS STS allows (AWS STS API Reference,
// "AssumeRole"), so that a variable of the shell is not taken for one.
func isSessionName(s string) bool {
	return len(s) >= 2 && len(s) <= maxName && strings.IndexFunc(s, func(c rune) bool { return c > '~' || !isNameByte(byte(c)) }) < 0
}

// words splits a command as a shell does, quotes and all, up to where another
// command begins.
func words(s string) []string {
	var list []string
	var b strings.Builder
	quote, open := byte(0), false
	for i := 0; i < len(s) && len(list) < maxWords; i++ {
		switch c := s[i]; {
		case quote != 0 && c == quote:
			quote = 0
		case quote != 0:
			b.WriteByte(c)
		case c == '"' || c == '\'':
			quote, open = c, true
		case c == ' ':
			if open {
				list = append(list, b.String())
			}
			b.Reset()
			open = false
		case strings.IndexByte("|;&<>#", c) >= 0 && !open:
			return list
		default:
			b.WriteByte(c)
			open = true
		}
	}
	if open && quote == 0 {
		list = append(list, b.String())
	}
	return list
}

// tell hands what was told to the record of the error below it, unless that
// speaks of another call or another role.
func (t *told) tell(r *Record) {
	p := t.params
	named := r.Hint.Resource
	if !t.found || r.Source != sourceSTS || r.Name != "AssumeRole" || named != "" && p.RoleARN != "" && named != p.RoleARN {
		return
	}
	if named != "" {
		p.RoleARN = ""
	}
	r.Params = &p
}
