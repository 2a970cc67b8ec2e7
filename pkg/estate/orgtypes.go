package estate

import (
	"fmt"
	"strings"

	"github.com/assumewhy/assumewhy/pkg/policy"
)

// Policy types of AWS Organizations.
const (
	typeSCP = "SERVICE_CONTROL_POLICY"
	typeRCP = "RESOURCE_CONTROL_POLICY"
)

// orgKinds are the types that decide who may switch to a role.
var orgKinds = map[string]policy.Kind{typeSCP: policy.KindSCP, typeRCP: policy.KindRCP}

// otherTypes are the types that say nothing about role switches (Organizations
// API Reference, "PolicyTypeSummary"). A type that is in neither list may be a
// misspelled one, so it is never passed over.
var otherTypes = map[string]bool{
	"TAG_POLICY": true, "BACKUP_POLICY": true, "AISERVICES_OPT_OUT_POLICY": true, "CHATBOT_POLICY": true,
	"DECLARATIVE_POLICY_EC2": true, "SECURITYHUB_POLICY": true, "INSPECTOR_POLICY": true, "S3_POLICY": true,
	"UPGRADE_ROLLOUT_POLICY": true, "BEDROCK_POLICY": true, "NETWORK_SECURITY_DIRECTOR_POLICY": true,
}

func isPolicyType(s string) bool { return orgKinds[s] != "" || otherTypes[s] }

// statuses of a policy type on the root (Organizations API Reference,
// "PolicyTypeSummary"), and the word that people write for a type that is not
// listed.
var statuses = map[string]bool{"ENABLED": true, "PENDING_ENABLE": true, "PENDING_DISABLE": true, "DISABLED": true}

// enabling is what the root says of the policy types. The zero value says
// nothing.
type enabling struct {
	said   bool
	status map[string]string // by type; "" where what is said is not clear
	fault  string            // why a type that is not listed may be enabled all the same
	broken string            // why nothing that is listed can be relied on
}

// readEnabling reads PolicyTypes. What is not understood makes unknown what it
// may concern: a type is off only where that is said, or where a list that is
// understood does not hold it.
func (o *Organization) readEnabling(e object) enabling {
	raw, ok := e.get("PolicyTypes")
	if !ok {
		return enabling{}
	}
	t := enabling{said: true, status: map[string]string{}}
	list, ok := elements(raw)
	if !ok {
		t.broken = "PolicyTypes is no list"
		o.find("Roots: %s: write it as aws organizations list-roots prints it (an empty list is [])", t.broken)
		return t
	}
	for i, v := range list {
		o.readType(&t, i, v)
	}
	return t
}

func (o *Organization) readType(t *enabling, i int, raw []byte) {
	e, err := readObject(raw)
	name, status := e.str("Type"), e.str("Status")
	_, twice := t.status[name]
	if err != nil || e.twin != "" || name == "" {
		t.broken = fmt.Sprintf("PolicyTypes: element %d is not understood", i+1)
		o.find("Roots: %s: correct it or write the file again", t.broken)
		return
	}
	if !isPolicyType(name) {
		t.fault = fmt.Sprintf("PolicyTypes has the type %.60q, which is not known", name)
		o.find("Roots: %s: write %s, %s or another type of AWS Organizations", t.fault, typeSCP, typeRCP)
	}
	switch {
	case twice:
		o.find("Roots: PolicyTypes has %.60q twice: keep one", name)
		status = ""
	case !statuses[status]:
		o.find("Roots: PolicyTypes: the Status of %.60q is %.60q: write ENABLED, PENDING_ENABLE or PENDING_DISABLE", name, status)
		status = ""
	}
	t.status[name] = status
}

// Whether a policy type applies.
const (
	typeOff = iota
	typeOn
	typeUnsaid  // the file does not say, or it is about to change
	typeUnclear // the file says it in a way that is not understood
)

// of says whether a type is enabled, and if that is not known why.
func (t *enabling) of(k policy.Kind) (state int, why string) {
	name := typeSCP
	if k == policy.KindRCP {
		name = typeRCP
	}
	status, listed := t.status[name]
	switch {
	case !t.said:
		return typeUnsaid, "the root's PolicyTypes do not say whether the type is enabled"
	case t.broken != "":
		return typeUnclear, t.broken
	case listed && status == "":
		return typeUnclear, "what PolicyTypes says of " + name + " is not understood"
	case !listed && t.fault != "":
		return typeUnclear, t.fault
	case strings.HasPrefix(status, "PENDING_"):
		return typeUnsaid, "the root's PolicyTypes do not say whether the type is enabled"
	case status == "ENABLED":
		return typeOn, ""
	}
	return typeOff, ""
}

// kindFault says why the type of a policy cannot be relied on, "" if it can.
func kindFault(id, arn, name string) string {
	switch b, is := builtIn[id]; {
	case name == "":
		return "has no Type: add it"
	case !isPolicyType(name):
		return fmt.Sprintf("has the Type %.60q, which is not known: write it as aws organizations list-policies prints it", name)
	case is && b.kind != name:
		return fmt.Sprintf("has the Type %.60q, but AWS's policy of that Id is a %s: correct it", name, b.kind)
	}
	for _, seg := range strings.Split(arn, "/") {
		in := strings.ToUpper(seg)
		if isPolicyType(in) && in != name && (orgKinds[in] != "" || orgKinds[name] != "") {
			return fmt.Sprintf("has the Type %.60q, but an Arn of a %s: correct it", name, in)
		}
	}
	return ""
}
