package cases

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"github.com/assumewhy/assumewhy/pkg/eval"
	"github.com/assumewhy/assumewhy/pkg/evidence"
	"github.com/assumewhy/assumewhy/pkg/policy"
)

// block is one condition block as it is written.
type block struct {
	ID        string           `json:"id"`
	Condition json.RawMessage  `json:"cond"`
	Context   map[string]texts `json:"ctx"`
	Unknown   []string         `json:"unknown"`
	Present   []string         `json:"present"`
	Version   *string          `json:"version"`
}

// Held is the answer to a condition block: "match", "nomatch" or "unknown".
type Held struct {
	Result string `json:"result"`
}

// Conditions evaluates the condition blocks of r, one a line, and writes one
// answer a line to w: {"id","result"}, or {"id","error"} for a line that cannot
// be read. The error is one of reading or writing.
func Conditions(w io.Writer, r io.Reader) (Count, error) {
	return eachLine(w, r, func(line []byte) (answer, error) {
		var b block
		if err := decode(line, &b); err != nil {
			return answer{}, err
		}
		result, err := b.run()
		return answer{ID: b.ID, Held: &Held{Result: result}}, err
	})
}

// run puts the block into a statement, so that it is read as any other.
func (b *block) run() (string, error) {
	cond := bytes.TrimSpace(b.Condition)
	if len(cond) == 0 || cond[0] != '{' {
		return "", errors.New("cond is no condition block")
	}
	version := "2012-10-17"
	if b.Version != nil {
		version = *b.Version
	}
	quoted, err := json.Marshal(version)
	if err != nil {
		return "", fmt.Errorf("reading the version: %w", err)
	}
	raw := fmt.Sprintf(`{"Version":%s,"Statement":[{"Effect":"Allow","Action":"*","Resource":"*","Condition":%s}]}`, quoted, cond)
	if version == "" {
		raw = fmt.Sprintf(`{"Statement":[{"Effect":"Allow","Action":"*","Resource":"*","Condition":%s}]}`, cond)
	}
	var multi []string
	for _, name := range sorted(b.Context) {
		if b.Context[name].isList {
			multi = append(multi, name)
		}
	}
	keys := contextOf(b.Context, multi, b.Unknown, b.Present)
	switch eval.Conditions(policy.Parse([]byte(raw)), 0, &keys, "sts:AssumeRole") {
	case evidence.True:
		return "match", nil
	case evidence.False:
		return "nomatch", nil
	default:
		return "unknown", nil
	}
}
