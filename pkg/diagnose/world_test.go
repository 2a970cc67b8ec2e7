package diagnose_test

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"github.com/assumewhy/assumewhy/pkg/diagnose"
	"github.com/assumewhy/assumewhy/pkg/estate"
	"github.com/assumewhy/assumewhy/pkg/reconstruct"
	"github.com/assumewhy/assumewhy/pkg/scope"
	"github.com/assumewhy/assumewhy/pkg/trail"
)

// The accounts of the small world that the tables are played in: the caller's
// and another one, in one organization unless a case says otherwise.
const (
	home  = "111111111111"
	other = "222222222222"
)

// world is the estate and the call of one case. Policies are JSON lists of
// statements without their brackets; an empty one is a policy that is not
// there.
type world struct {
	trust    string // of role team/Target
	in       string // account of the role: home or other; other when empty
	caller   string // "user" (bob), "role" (app/Runner), "sso", "root", "ec2"; user when empty
	identity string
	boundary string
	group    string
	scp      string // attached to the account of the caller, beside FullAWSAccess
	scps     string // replaces FullAWSAccess on the account of the caller
	rcp      string // on the account of the role
	scpThere string // an SCP on the account of the role
	rcpHere  string // an RCP on the account of the caller
	targets  string // members of the role's entry: its own policies and boundary
	mgmt     string // management account; 999999999999 when empty
	noOrg    bool
	unread   string // account without a folder
	suffix   string // of AWS's message
	action   string // in AWS's message
	role     string // asked for; team/Target when empty
	edit     func(record map[string]string)
	mfa      string // mfaAuthenticated of the session
	source   string // source identity of the caller's session
	tags     string // of the caller, JSON list
	params   string // requestParameters
	vpce     string // the call came through an endpoint with this policy
	idps     string // identity-providers.json of the other account
	know     []reconstruct.Known

	account func(id, file string) string // edits an account's file
	org     func(file string) string     // edits organization.json
	unsure  bool                         // nothing is known of an organization
	loud    bool                         // findings of the estate are expected
}

func doc(statements string) string {
	return `{"Version":"2012-10-17","Statement":[` + statements + `]}`
}

func (w *world) defaults() {
	if w.in == "" {
		w.in = other
	}
	if w.caller == "" {
		w.caller = "user"
	}
	if w.mgmt == "" {
		w.mgmt = "999999999999"
	}
	if w.role == "" {
		w.role = "team/Target"
	}
	if w.action == "" {
		w.action = "sts:AssumeRole"
	}
}

const boundaryARN = "arn:aws:iam::" + home + ":policy/Limit"

func (w *world) entity(kind, path, name, id, extra string) string {
	inline := ""
	if w.identity != "" {
		inline = `{"PolicyName":"own","PolicyDocument":` + doc(w.identity) + `}`
	}
	b := ""
	if w.boundary != "" {
		b = `,"PermissionsBoundary":{"PermissionsBoundaryType":"Policy","PermissionsBoundaryArn":"` + boundaryARN + `"}`
	}
	tags := w.tags
	if tags == "" {
		tags = "[]"
	}
	return fmt.Sprintf(`{"Path":%q,"%[2]sName":%[3]q,"%[2]sId":%[4]q,"Arn":"arn:aws:iam::%[5]s:%[6]s%[1]s%[3]s","%[2]sPolicyList":[%[7]s],"AttachedManagedPolicies":[],"Tags":%[8]s%[9]s%[10]s}`,
		path, kind, name, id, home, strings.ToLower(kind), inline, tags, b, extra)
}

// accounts writes the two account files.
func (w *world) accounts() map[string]string {
	groups, groupList, policies := "", "[]", ""
	if w.group != "" {
		groups = `{"Path":"/","GroupName":"team","GroupId":"AGPAEXAMPLEEXAMPLE001","Arn":"arn:aws:iam::` + home + `:group/team","GroupPolicyList":[{"PolicyName":"shared","PolicyDocument":` + doc(w.group) + `}],"AttachedManagedPolicies":[]}`
		groupList = `["team"]`
	}
	if w.boundary != "" {
		policies = `{"PolicyName":"Limit","PolicyId":"ANPAEXAMPLEEXAMPLE001","Arn":"` + boundaryARN + `","Path":"/","DefaultVersionId":"v1","PolicyVersionList":[{"VersionId":"v1","IsDefaultVersion":true,"Document":` + doc(w.boundary) + `}]}`
	}
	users := w.entity("User", "/", "bob", "AIDAEXAMPLEEXAMPLEBOB", `,"GroupList":`+groupList)
	plain := `,"AssumeRolePolicyDocument":` + doc(`{"Effect":"Allow","Principal":{"Service":"ec2.amazonaws.com"},"Action":"sts:AssumeRole"}`) + `,"InstanceProfileList":[]`
	roles := []string{
		w.entity("Role", "/app/", "Runner", "AROAEXAMPLEEXAMPLERUN", plain),
		w.entity("Role", "/aws-service-role/batch.amazonaws.com/", "AWSServiceRoleForBatch", "AROAEXAMPLEEXAMPLESLR", plain),
		w.entity("Role", "/aws-reserved/sso.amazonaws.com/eu-west-1/", "AWSReservedSSO_Dev_0123456789abcdef", "AROAEXAMPLEEXAMPLESSO", plain),
	}
	target := ""
	if w.trust != "" {
		target = `{"Path":"/team/","RoleName":"Target","RoleId":"AROAEXAMPLEEXAMPLETGT","Arn":"arn:aws:iam::` + w.in + `:role/team/Target","RolePolicyList":[` + w.targets + `],"AttachedManagedPolicies":[],"Tags":[],"InstanceProfileList":[],"AssumeRolePolicyDocument":` + doc(w.trust) + `}`
	}
	file := func(users, groups string, roles []string, policies string) string {
		return `{"UserDetailList":[` + users + `],"GroupDetailList":[` + groups + `],"RoleDetailList":[` + strings.Join(roles, ",") + `],"Policies":[` + policies + `],"IsTruncated":false}`
	}
	second := []string{}
	if target != "" && w.in == home {
		roles = append(roles, target)
	} else if target != "" {
		second = append(second, target)
	}
	return map[string]string{home: file(users, groups, roles, policies), other: file("", "", second, "")}
}

// estate builds the estate of the case.
func (w *world) estate() *estate.Estate {
	parts := estate.Parts{Manifest: estate.File{Name: "estate.json", Found: true, Data: []byte(`{"schema":"assumewhy.estate/v1","read_at":"2026-10-14T10:00:00Z","organization":"` + w.organizationState() + `","gaps":[]}`)}}
	if !w.noOrg && !w.unsure {
		file := w.organization()
		if w.org != nil {
			file = w.org(file)
		}
		parts.Organization = estate.File{Name: "organization.json", Found: true, Data: []byte(file)}
	}
	for _, id := range []string{home, other} {
		if id == w.unread {
			continue
		}
		file := w.accounts()[id]
		if w.account != nil {
			file = w.account(id, file)
		}
		files := map[estate.Part][]byte{estate.Details: []byte(file)}
		if w.vpce != "" && id == home {
			files[estate.Endpoints] = []byte(fmt.Sprintf(`{"VpcEndpoints":[{"VpcEndpointId":"vpce-0123456789abcdef0","VpcId":"vpc-0123456789abcdef0","OwnerId":%q,"PolicyDocument":%q}]}`, home, doc(w.vpce)))
		}
		if w.idps != "" && id == other {
			files[estate.IdentityProviders] = []byte(w.idps)
		}
		parts.Accounts = append(parts.Accounts, estate.Fixed(id, files))
	}
	return estate.New(parts)
}

func (w *world) organizationState() string {
	if w.unsure {
		return "unknown"
	}
	if w.noOrg {
		return "none"
	}
	return "known"
}

func (w *world) organization() string {
	full := `{"PolicyId":"p-FullAWSAccess","TargetId":"%s"}`
	attach := []string{fmt.Sprintf(full, "r-abcd"), fmt.Sprintf(full, other), fmt.Sprintf(full, w.mgmt)}
	policies := []string{}
	add := func(id, kind, statements, target string) {
		policies = append(policies, fmt.Sprintf(`{"Id":%q,"Arn":"arn:aws:organizations::999999999999:policy/o-abcdefghij/x/%[1]s","Name":%[1]q,"Type":%q,"AwsManaged":false,"Content":%s}`, id, kind, doc(statements)))
		attach = append(attach, fmt.Sprintf(`{"PolicyId":%q,"TargetId":%q}`, id, target))
	}
	if w.scps != "" {
		add("p-allowlist", "SERVICE_CONTROL_POLICY", w.scps, home)
	} else {
		attach = append(attach, fmt.Sprintf(full, home))
	}
	if w.scp != "" {
		add("p-guardrail", "SERVICE_CONTROL_POLICY", w.scp, home)
	}
	if w.rcp != "" {
		add("p-resource", "RESOURCE_CONTROL_POLICY", w.rcp, w.in)
	}
	if w.scpThere != "" {
		add("p-there", "SERVICE_CONTROL_POLICY", w.scpThere, other)
	}
	if w.rcpHere != "" {
		add("p-here", "RESOURCE_CONTROL_POLICY", w.rcpHere, home)
	}
	node := func(id string) string {
		return fmt.Sprintf(`{"Id":%q,"Name":"n","ParentId":"r-abcd","State":"ACTIVE"}`, id)
	}
	nodes := []string{node(home), node(other)}
	if w.mgmt != home && w.mgmt != other {
		nodes = append(nodes, node(w.mgmt))
	}
	return fmt.Sprintf(`{"Id":"o-abcdefghij","MasterAccountId":%q,"Roots":[{"Id":"r-abcd","PolicyTypes":[{"Type":"SERVICE_CONTROL_POLICY","Status":"ENABLED"},{"Type":"RESOURCE_CONTROL_POLICY","Status":"ENABLED"}]}],"Nodes":[%s],"Policies":[%s],"Attachments":[%s]}`,
		w.mgmt, strings.Join(nodes, ","), strings.Join(policies, ","), strings.Join(attach, ","))
}

// identity is the caller's userIdentity and ARN.
func (w *world) identityJSON() (arn, json string) {
	session := func(name, path, id, session, extra string) (string, string) {
		arn := "arn:aws:sts::" + home + ":assumed-role/" + name + "/" + session
		mfa := w.mfa
		if mfa == "" {
			mfa = "false"
		}
		if w.source != "" {
			extra += `,"sourceIdentity":"` + w.source + `"`
		}
		return arn, fmt.Sprintf(`{"type":"AssumedRole","principalId":"%s:%s","arn":%q,"accountId":%q,"accessKeyId":"ASIAIOSFODNN7EXAMPLE","sessionContext":{"sessionIssuer":{"type":"Role","principalId":%[1]q,"arn":"arn:aws:iam::%[4]s:role%[5]s%[6]s","accountId":%[4]q,"userName":%[6]q},"attributes":{"creationDate":"2026-10-14T09:00:00Z","mfaAuthenticated":%[7]q}%[8]s}}`,
			id, session, arn, home, path, name, mfa, extra)
	}
	switch w.caller {
	case "role":
		return session("Runner", "/app/", "AROAEXAMPLEEXAMPLERUN", "job-7", "")
	case "ec2":
		return session("Runner", "/app/", "AROAEXAMPLEEXAMPLERUN", "i-0123456789abcdef0", `,"ec2RoleDelivery":"2.0"`)
	case "sso":
		return session("AWSReservedSSO_Dev_0123456789abcdef", "/aws-reserved/sso.amazonaws.com/eu-west-1/", "AROAEXAMPLEEXAMPLESSO", "bob@example.com", "")
	case "linked":
		return session("AWSServiceRoleForBatch", "/aws-service-role/batch.amazonaws.com/", "AROAEXAMPLEEXAMPLESLR", "s", "")
	case "root":
		return "arn:aws:iam::" + home + ":root", `{"type":"Root","principalId":"` + home + `","arn":"arn:aws:iam::` + home + `:root","accountId":"` + home + `"}`
	}
	arn = "arn:aws:iam::" + home + ":user/bob"
	sc := ""
	if w.mfa != "" {
		sc = `,"sessionContext":{"sessionIssuer":{},"webIdFederationData":{},"attributes":{"creationDate":"2026-10-14T09:00:00Z","mfaAuthenticated":"` + w.mfa + `"}}`
	}
	return arn, `{"type":"IAMUser","principalId":"AIDAEXAMPLEEXAMPLEBOB","arn":"` + arn + `","accountId":"` + home + `","accessKeyId":"AKIAIOSFODNN7EXAMPLE","userName":"bob"` + sc + `}`
}

// record is the CloudTrail record of the case.
func (w *world) record() string {
	arn, identity := w.identityJSON()
	role := w.role
	if !strings.HasPrefix(role, "arn:") {
		role = "arn:aws:iam::" + w.in + ":role/" + role
	}
	f := map[string]string{
		"userIdentity": identity, "eventTime": `"2026-10-14T09:26:53Z"`, "eventSource": `"sts.amazonaws.com"`,
		"eventName": `"AssumeRole"`, "awsRegion": `"eu-west-1"`, "sourceIPAddress": `"203.0.113.7"`,
		"userAgent": `"aws-cli/2.32.0"`, "errorCode": `"AccessDenied"`,
		"errorMessage":      fmt.Sprintf("%q", "User: "+arn+" is not authorized to perform: "+w.action+" on resource: "+role+w.suffix),
		"requestParameters": "null", "responseElements": "null", "eventID": `"11111111-2222-4333-8444-555555555555"`,
		"recipientAccountId": `"` + home + `"`, "tlsDetails": `{"clientProvidedHostHeader":"sts.eu-west-1.amazonaws.com"}`,
	}
	if w.params != "" {
		f["requestParameters"] = w.params
	}
	if w.vpce != "" {
		f["vpcEndpointId"], f["vpcEndpointAccountId"], f["sourceIPAddress"] = `"vpce-0123456789abcdef0"`, `"`+home+`"`, `"10.0.0.7"`
	}
	if w.edit != nil {
		w.edit(f)
	}
	var b strings.Builder
	b.WriteString(`{"eventVersion":"1.11"`)
	for k, v := range f {
		fmt.Fprintf(&b, ",%q:%s", k, v)
	}
	b.WriteString("}")
	return b.String()
}

// diagnosis plays the case.
func (w world) diagnosis(t *testing.T) *diagnose.Diagnosis {
	t.Helper()
	w.defaults()
	e := w.estate()
	for rec, err := range trail.Decode(bytes.NewReader([]byte(w.record())), "case") {
		if err != nil {
			t.Fatal(err)
		}
		s := reconstruct.SubjectOf(rec)
		r := reconstruct.Request(s, e, w.know)
		d := diagnose.Diagnose(diagnose.Input{Subject: s, Request: r, Estate: e, Policies: scope.Policies(e, r)})
		e.ReadAll()
		for _, f := range e.Findings() {
			if w.loud {
				break
			}
			t.Error("finding:", f)
		}
		return d
	}
	t.Fatal("no record")
	return nil
}

// short is a diagnosis in a line: "verdict: code certainty detail, ...".
func short(d *diagnose.Diagnosis) string {
	list := make([]string, len(d.Causes))
	for i, c := range d.Causes {
		list[i] = string(c.Code) + " " + c.Certainty.String()
		if c.Grade != "" {
			list[i] += " (" + string(c.Grade) + ")"
		}
		if c.Detail.Kind != "" {
			list[i] += " [" + c.Detail.Kind + "]"
		}
	}
	return string(d.Verdict) + ": " + strings.Join(list, ", ")
}
