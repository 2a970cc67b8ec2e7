package cli

import (
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

const identity = `<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult><Arn>arn:aws:iam::123456789012:user/bob</Arn>
<UserId>AIDAEXAMPLEBOB</UserId><Account>123456789012</Account></GetCallerIdentityResult></GetCallerIdentityResponse>`

// TestLiveQuiet: what the SDK logs of a connection that breaks off behind an
// answer stands nowhere. By itself it writes to the standard error of the
// process.
func TestLiveQuiet(t *testing.T) {
	_, event := live(t)
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Length", "4096")
		_, _ = w.Write([]byte(identity))
	}))
	defer s.Close()
	t.Setenv("AWS_ENDPOINT_URL", s.URL)
	name := filepath.Join(t.TempDir(), "stderr")
	file, err := os.Create(name)
	if err != nil {
		t.Fatal(err)
	}
	defer func(was *os.File) { os.Stderr = was }(os.Stderr)
	os.Stderr = file
	_, _, stderr := run(t, nil, "explain", event, "--live")
	logged, err := os.ReadFile(name)
	if err != nil || len(logged) > 0 || strings.Contains(stderr, "SDK") {
		t.Errorf("%v\n%s\n%s", err, logged, stderr)
	}
}
