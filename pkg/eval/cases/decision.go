package cases

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"

	"github.com/assumewhy/assumewhy/pkg/eval"
	"github.com/assumewhy/assumewhy/pkg/evidence"
	"github.com/assumewhy/assumewhy/pkg/request"
)

// decision is one case as it is written.
type decision struct {
	ID                string           `json:"id"`
	Principal         string           `json:"principal"`
	PrincipalType     string           `json:"principal_type"`
	PrincipalRoleARN  string           `json:"principal_role_arn"`
	PrincipalAccount  string           `json:"principal_account"`
	ResourceAccount   string           `json:"resource_account"`
	PrincipalManaging bool             `json:"principal_in_management_account"`
	ResourceManaging  bool             `json:"resource_in_management_account"`
	Action            string           `json:"action"`
	Actions           []string         `json:"actions"`
	ActionsUnknown    []string         `json:"actions_unknown"`
	Resource          string           `json:"resource"`
	Context           map[string]texts `json:"context"`
	ContextMulti      []string         `json:"context_multi"`
	ContextUnknown    []string         `json:"context_unknown"`
	ContextPresent    []string         `json:"context_present"`
	UnknownLayers     []string         `json:"unknown_layers"`
	Identity          documents        `json:"identity_policies"`
	Boundary          documents        `json:"boundary_policies"`
	Session           documents        `json:"session_policies"`
	Trust             json.RawMessage  `json:"resource_policy"`
	VPCE              documents        `json:"vpce_policies"`
	SCPs              []documents      `json:"scps"`
	RCPs              []documents      `json:"rcps"`
}

// documents are policies of one level.
type documents []json.RawMessage

// Outcome is the answer to a case. Layer is the first that decides; both it and
// DeniedAction are empty when the call is allowed.
type Outcome struct {
	Decision     string `json:"decision"`
	Layer        string `json:"layer"`
	DeniedAction string `json:"denied_action"`
}

// Case is a decision ready to be evaluated.
type Case struct {
	ID       string
	Request  *request.Request
	Policies *eval.Policies
}

// Parse reads one case.
func Parse(line []byte) (*Case, error) {
	var d decision
	if err := decode(bytes.TrimSpace(line), &d); err != nil {
		return nil, err
	}
	r, err := d.request()
	if err != nil {
		return nil, err
	}
	p, err := d.policies(r)
	if err != nil {
		return nil, err
	}
	return &Case{ID: d.ID, Request: r, Policies: p}, nil
}

// Run evaluates the case.
func (c *Case) Run() Outcome {
	t := eval.Explain(c.Request, c.Policies)
	out := Outcome{Decision: t.Decision.String()}
	for i := range t.Actions {
		a := &t.Actions[i]
		if a.Action.Applies != evidence.True || a.Decision == eval.Allowed {
			continue
		}
		out.Layer, out.DeniedAction = string(a.Layer), a.Action.Name
		if a.Layer == evidence.Caller {
			out.Layer = "root-caller"
		}
		break
	}
	return out
}

// Decisions evaluates the cases of r, one a line, and writes one answer a line
// to w: {"id","decision","layer","denied_action"}, or {"id","error"} for a line
// that cannot be read. The error is one of reading or writing.
func Decisions(w io.Writer, r io.Reader) (Count, error) {
	return eachLine(w, r, func(line []byte) (answer, error) {
		c, err := Parse(line)
		if err != nil {
			return answer{}, err
		}
		out := c.Run()
		return answer{ID: c.ID, Outcome: &out}, nil
	})
}

// actions are those that the call needs, and those of which it is not known.
func (d *decision) actions() ([]request.Action, error) {
	names := d.Actions
	if len(names) == 0 && d.Action != "" {
		names = []string{d.Action}
	}
	if len(names) == 0 {
		return nil, errors.New("no action: give action or actions")
	}
	var out []request.Action
	for _, n := range names {
		out = append(out, request.Action{Name: n, Applies: evidence.True})
	}
	for _, n := range d.ActionsUnknown {
		out = append(out, request.Action{Name: n, Applies: evidence.Unknown})
	}
	for i := range out {
		if out[i].Name == "" {
			return nil, errors.New("an action is empty")
		}
	}
	return out, nil
}
