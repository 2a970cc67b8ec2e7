package eval

import "github.com/assumewhy/assumewhy/pkg/evidence"

// layer numbers the layers in the order of the trace.
type layer uint8

const (
	vpce layer = iota
	rcp
	scp
	trust
	identity
	boundary
	session
)

var layerNames = [...]evidence.Layer{
	evidence.VPCE, evidence.RCP, evidence.SCP, evidence.Trust,
	evidence.Identity, evidence.Boundary, evidence.Session,
}

// name is the layer's word in the report.
func (l layer) name() evidence.Layer { return layerNames[l] }

// numbered finds a layer by its word; the other way round.
func numbered(name evidence.Layer) (layer, bool) {
	for i, n := range layerNames {
		if n == name {
			return layer(i), true
		}
	}
	return 0, false
}

// leveled says whether a layer has a level for the root, each OU and the
// account.
func (l layer) leveled() bool { return l == scp || l == rcp }

// hasPrincipal says whether its statements name principals.
func (l layer) hasPrincipal() bool { return l == trust || l == rcp || l == vpce }
