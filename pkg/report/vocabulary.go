package report

import (
	"slices"
	"sync"

	"github.com/assumewhy/assumewhy/pkg/locale"
)

// other stands for a word that the report's schema does not list.
const other = "other"

// detailKinds are the words of detail.kind that the schema lists, beside the
// empty one and "other".
var detailKinds = []string{
	"account", "path", "name", "case", "pattern", "partition", "spelling", "sso_suffix",
	"other_principal", "unique_id", "console", "white_space", "missing", "other_value", "endpoint", "variable",
	"global_endpoint", "session_arn", "repo", "branch", "environment", "pull_request", "namespace",
	"service_account", "immutable_id", "provider_missing", "audience", "expired", "signature",
	"maximum", "chaining", "user", "assumed_role", "group", "policy", "instance_profile", "root",
	"federated_user", "permission_set", "pod_role", "recreated", "deleted", "trust", "identity",
	"boundary", "session", "scp", "rcp", "vpce", "cut", "no_resource", "no_arn", "pod_identity", "unread",
	"tag", "organization", "project", "workspace", "run_phase", "wildcard", "scheme", "condition_key",
	"no_key", "unreachable", "rejected",
	"code", "serial", "invalid", "clock", "role_arn", "session_name", "external_id", "duration", "packed_size",
	"session_policy", "source_identity", "unknown_code", "service", "inherited", "layer_unknown",
}

func detailKind(kind string) string {
	if kind == "" || slices.Contains(detailKinds, kind) {
		return kind
	}
	return other
}

// gapCode keeps the codes that the report's schema lists: those that every
// language has words for.
func gapCode(code string) string {
	if _, known := slices.BinarySearch(gapCodes(), code); known {
		return code
	}
	return other
}

// gapCodes are those codes, sorted.
var gapCodes = sync.OnceValue(func() []string {
	l, err := locale.For("")
	if err != nil {
		return nil
	}
	return l.GapCodes()
})
