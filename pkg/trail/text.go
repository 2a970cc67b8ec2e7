package trail

import (
	"encoding/json"
	"strings"
)

// maxText is how many bytes of a line may be an error message.
const maxText = 16 << 10

// FromMessage makes a record of AWS's error message alone, as the AWS CLI, an
// SDK or the console shows it; file is the name for its position. It says false
// when text is no such message. Only the message is known: the caller is what it
// names, and the call is AssumeRole unless the text names another.
func FromMessage(text, file string) (*Record, bool) {
	text = strings.Trim(strings.TrimSpace(text), `"'`+"`")
	code, call, message, prefixed := clientPrefix(text)
	if !prefixed {
		message = text
	}
	message = strings.ToValidUTF8(undecorated(message), "\uFFFD")
	h := ParseMessage(message)
	if h.Form == FormNone || h.Form == FormOther && (!prefixed || call == "") {
		return nil, false
	}
	r := &Record{ErrorCode: code, ErrorMessage: message, Hint: h, MessageOnly: true}
	r.Position = Position{File: file, Record: 1}
	r.Source, r.Name = called(call, h)
	r.Identity = named(h.Principal)
	if h.Form == FormConsole {
		r.SwitchRole = "Failure"
	}
	if r.ErrorCode == "" && h.Form.class() == Denied && h.Form != FormConsole {
		r.ErrorCode = "AccessDenied"
	}
	r.Class = r.classify()
	return r, true
}

// called is the call that failed: what the client names, else what the message
// does.
func called(call string, h Hint) (source, name string) {
	switch {
	case h.Form == FormConsole:
		return sourceSignIn, "SwitchRole"
	case h.Form == FormPodIdentity:
		return sourceEKS, "AssumeRoleForPodIdentity"
	case roleSwitch(sourceSTS, call):
		return sourceSTS, call
	case h.Action != "":
		return callOf(h.Action)
	case call != "":
		return "", call
	}
	return sourceSTS, "AssumeRole"
}

// named is what the ARN of a caller says of it.
func named(arn string) Identity {
	id := Identity{ARN: arn}
	p := strings.SplitN(arn, ":", 6)
	if len(p) != 6 || p[0] != "arn" {
		return id
	}
	id.Account = p[4]
	kind, name, _ := strings.Cut(p[5], "/")
	switch p[2] + " " + kind {
	case "iam user":
		id.Type, id.UserName = "IAMUser", name[strings.LastIndexByte(name, '/')+1:]
	case "iam root":
		id.Type = "Root"
	case "sts assumed-role":
		id.Type = "AssumedRole"
	case "sts federated-user":
		id.Type = "FederatedUser"
	}
	return id
}

// clientPrefix takes what clients write before AWS's message:
//
//	An error occurred (CODE) when calling the CALL operation: MESSAGE    AWS CLI, boto3
//	operation error STS: CALL, ..., api error CODE: MESSAGE              Go, version 2
//	AccessDenied: MESSAGE                                                other SDKs
//
// The first two may have more before them, but never a message: what stands in
// the middle of one is the caller's.
func clientPrefix(s string) (code, call, message string, ok bool) {
	if before, rest, found := strings.Cut(s, "An error occurred ("); found && !strings.Contains(before, wordUser) {
		code, rest, found = strings.Cut(rest, ") when calling the ")
		call, message, ok = strings.Cut(rest, " operation")
		// "(reached max retries: 4)" may stand before the colon.
		_, message, colon := strings.Cut(message, ": ")
		if found && ok && colon && isWord(code) && isWord(call) {
			return code, call, message, true
		}
	}
	if before, rest, found := strings.Cut(s, "operation error STS: "); found && !strings.Contains(before, wordUser) {
		call, rest, _ = strings.Cut(rest, ", ")
		_, rest, ok = strings.Cut(rest, "api error ")
		code, message, found = strings.Cut(rest, ": ")
		if ok && found && isWord(code) && isWord(call) {
			return code, call, message, true
		}
	}
	code, message, ok = strings.Cut(s, ": ")
	if ok && (strings.HasPrefix(code, "AccessDenied") || strings.HasSuffix(code, "Exception")) && isWord(code) {
		return code, "", message, true
	}
	return "", "", "", false
}

// isWord says whether s is the name of an error or a call.
func isWord(s string) bool {
	return s != "" && strings.Trim(s, "._0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ") == ""
}

// undecorated takes off what clients write behind AWS's message. This is done
// for the text of a client alone: in a record, such words are the caller's.
func undecorated(s string) string {
	for _, tail := range []string{" (Service: ", "\n", "\tstatus code: "} {
		if i := strings.Index(s, tail); i >= 0 {
			s = s[:i]
		}
	}
	return strings.TrimSpace(s)
}

// message reads text that is no JSON, up to a line that begins with a bracket,
// as error messages of AWS. A message that lacks its resource may go on in the
// next line (text that was wrapped), and without any message in one line, all
// lines together may be one. Other lines beside a message are the noise of a
// terminal.
func (d *reading) message(start int64) {
	var block strings.Builder
	var open *Record // lacks its resource so far
	found := false
	for more := true; more; {
		line := strings.TrimSpace(string(d.s.line(maxText)))
		if open != nil {
			if r, ok := FromMessage(open.ErrorMessage+" "+line, d.file); ok && r.Hint.RoleARN != "" {
				open, line = r, ""
			}
			d.emit(start, open)
			open = nil
		}
		if r, ok := FromMessage(line, d.file); ok && r.Hint.whole() {
			found = true
			d.emit(start, r)
		} else if ok {
			found, open = true, r
		} else if block.Len()+len(line) < maxText {
			block.WriteString(line + " ")
		}
		_, f := d.s.token()
		more = f == nil && !d.done && !looksJSON(d.s.ahead(64))
	}
	switch r, ok := FromMessage(block.String(), d.file); {
	case open != nil:
		d.emit(start, open)
	case found:
	case ok:
		d.emit(start, r)
	case json.Valid([]byte(block.String())):
		d.fail(start, "is JSON, but no CloudTrail record: hand over the whole record, from its { to its }", nil)
	default:
		d.fail(start, "neither JSON nor an error message of AWS: hand over CloudTrail records, or the message alone", nil)
	}
}

// whole says that a message does not go on in the next line.
func (h Hint) whole() bool {
	return h.Form != FormOther && (h.Form != FormDenied || h.Resource != "" || h.PolicyType != "" || h.Explicit)
}
