package diagnose_test

import "testing"

// TestPodIdentity: the record of EKS Pod Identity has no role, and what the
// node's role may do decides nothing.
func TestPodIdentity(t *testing.T) {
	pods := field("eventSource", `"eks-auth.amazonaws.com"`, "eventName", `"AssumeRoleForPodIdentity"`,
		"errorMessage", `"Unauthorized Exception! EKS does not have permissions to assume the associated role."`,
		"requestParameters", `{"clusterName":"demo","token":"HIDDEN_DUE_TO_SECURITY_REASONS"}`)
	for _, identity := range []string{"", allowSTS, `{"Effect":"Deny","Action":"sts:*","Resource":"*"}`} {
		w := world{caller: "ec2", identity: identity, edit: pods}
		if got, want := short(w.diagnosis(t)), "undetermined: evidence.role_unknown possible [pod_identity]"; got != want {
			t.Errorf("%s: %s, want %s", identity, got, want)
		}
	}
}
