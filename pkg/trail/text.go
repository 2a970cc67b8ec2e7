package trail

import "strings"

// fromText makes a record of AWS's error message alone, as the AWS CLI, an SDK
// or the console shows it, without adornments; file is the name for its
// position. It says false when text is no such message. Only the message is
// known: the caller is what it names, and the call is AssumeRole unless the text
// names another.
//
// Text may hold more before and behind the message, on the same line; it never
// reaches the record.
func fromText(text, file string) (*Record, bool) {
	c, ok := readClient(text)
	if !ok {
		return nil, false
	}
	h := ParseMessage(c.message)
	if h.Form == FormNone {
		return nil, false
	}
	r := &Record{ErrorCode: c.code, ErrorMessage: c.message, Hint: h, RequestID: c.request, MessageOnly: true}
	r.Position = Position{File: file, Record: 1}
	r.Source, r.Name = called(c, h)
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
func called(c clientText, h Hint) (source, name string) {
	switch {
	case h.Form == FormConsole:
		return sourceSignIn, "SwitchRole"
	case h.Form == FormPodIdentity:
		return sourceEKS, "AssumeRoleForPodIdentity"
	case !ours(c.service):
		return strings.ToLower(strings.ReplaceAll(c.service, " ", "")) + ".amazonaws.com", c.call
	case roleSwitch(sourceSTS, c.call):
		return sourceSTS, c.call
	case h.Action != "":
		return callOf(h.Action)
	case c.call != "":
		return "", c.call
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
