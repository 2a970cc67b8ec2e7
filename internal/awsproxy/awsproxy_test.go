package awsproxy

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// server is the proxy before a server that answers as behind does.
func server(t *testing.T, behind http.HandlerFunc) *Server {
	t.Helper()
	moto := httptest.NewServer(behind)
	t.Cleanup(moto.Close)
	s := &Server{moto: moto.URL, client: moto.Client(), keys: map[string]string{}, seen: map[[2]string]bool{}}
	front := httptest.NewServer(http.HandlerFunc(s.serve))
	t.Cleanup(front.Close)
	s.URL = front.URL
	return s
}

// post calls an operation, of a JSON service where target names one.
func post(t *testing.T, s *Server, key, service, target, body string) (int, string) {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, s.URL, strings.NewReader(body))
	if err != nil {
		t.Error(err)
		return 0, ""
	}
	req.Header.Set("Authorization", "AWS4-HMAC-SHA256 Credential="+key+"/20261014/eu-west-1/"+service+"/aws4_request, SignedHeaders=host, Signature=x")
	if target != "" {
		req.Header.Set("X-Amz-Target", target)
	}
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		return 0, ""
	}
	defer func() { _ = res.Body.Close() }()
	data, err := io.ReadAll(res.Body)
	if err != nil {
		t.Error(err)
	}
	return res.StatusCode, string(data)
}

func TestAnswers(t *testing.T) {
	asked := 0
	s := server(t, func(w http.ResponseWriter, _ *http.Request) { asked++; fmt.Fprint(w, "moto") })
	for _, test := range []struct {
		name, service, target, body string
		answer                      func(Call) *Answer
		status                      int
		want                        string
		asked                       int
	}{
		{"through", "iam", "", "Action=GetRole", nil, 200, "moto", 1},
		{"denied", "iam", "", "Action=GetRole", On("iam:GetRole", Home, Deny), 403, "<Code>AccessDenied<", 0},
		{"another account", "iam", "", "Action=GetRole", On("iam:*", "111122223333", Deny), 200, "moto", 1},
		{"another action", "iam", "", "Action=GetRole", On("iam:GetUser", "", Deny), 200, "moto", 1},
		{"a JSON service", "dynamodb", "DynamoDB_20120810.PutItem", "{}", On("dynamodb:*", "", Deny), 400, `"__type":"AccessDeniedException"`, 0},
		{"throttled", "ec2", "", "Action=DescribeRegions", Throttle, 503, "RequestLimitExceeded", 0},
		{"lost", "sns", "", "Action=Publish", Lose, 500, "InternalFailure", 1},
		{"cut", "sns", "", "Action=Publish", Say(Answer{Cut: true}), 0, "", 0},
		{"lost and cut", "sns", "", "Action=Publish", Say(Answer{Cut: true, Lost: true}), 0, "", 1},
		{"delayed", "sns", "", "Action=Publish", Say(Answer{Delay: time.Millisecond}), 200, "moto", 1},
	} {
		s.Answer(test.answer)
		asked = 0
		status, body := post(t, s, "AKIAIOSFODNN7EXAMPLE", test.service, test.target, test.body)
		if status != test.status || !strings.Contains(body, test.want) || asked != test.asked {
			t.Errorf("%s: %d %q, moto asked %d times", test.name, status, body, asked)
		}
	}
	s.Answer(Times(2, Deny))
	for n, want := range []int{403, 403, 200} {
		if status, _ := post(t, s, "x", "iam", "", "Action=GetRole"); status != want {
			t.Errorf("time %d: %d", n, status)
		}
	}
	if diff := cmp.Diff(map[string]int{"sns:Publish": 4, "dynamodb:PutItem": 1}, s.Count("sns", "dynamodb")); diff != "" {
		t.Error(diff)
	}
}

// TestOneAtATime: requests to one item do not meet, those to many items meet no
// other.
func TestOneAtATime(t *testing.T) {
	for _, test := range []struct {
		name   string
		body   func(n int) (operation, body string)
		meet   bool
		atOnce int
	}{
		{"one item", func(int) (string, string) { return "PutItem", `{"Item":{"pk":{"S":"a"},"sk":{"S":"b"}}}` }, false, 10},
		{"key and item", func(n int) (string, string) {
			return []string{"PutItem", "DeleteItem"}[n%2], `{"` + []string{"Item", "Key"}[n%2] + `":{"pk":{"S":"a"},"sk":{"S":"b"}}}`
		}, false, 10},
		{"many items", func(n int) (string, string) {
			if n == 0 {
				return "BatchWriteItem", `{"RequestItems":{"t":[]}}`
			}
			return "PutItem", fmt.Sprintf(`{"Item":{"pk":{"S":"%d"}}}`, n)
		}, false, 2},
		{"another key", func(n int) (string, string) { return "PutItem", fmt.Sprintf(`{"Item":{"id":{"S":"%d"}}}`, n) }, false, 10},
		{"different items", func(n int) (string, string) { return "PutItem", fmt.Sprintf(`{"Item":{"pk":{"S":"%d"}}}`, n) }, true, 10},
	} {
		var mu sync.Mutex
		now, most := 0, 0
		s := server(t, func(http.ResponseWriter, *http.Request) {
			mu.Lock()
			now++
			most = max(most, now)
			mu.Unlock()
			time.Sleep(20 * time.Millisecond)
			mu.Lock()
			now--
			mu.Unlock()
		})
		var all sync.WaitGroup
		for n := range test.atOnce {
			operation, body := test.body(n)
			all.Go(func() { post(t, s, "x", "dynamodb", "DynamoDB_20120810."+operation, body) })
		}
		all.Wait()
		if (most > 1) != test.meet {
			t.Errorf("%s: %d at once", test.name, most)
		}
	}
}

// TestTrail: what LookupEvents finds, page by page.
func TestTrail(t *testing.T) {
	s := server(t, nil)
	var records []string
	for n := range 60 {
		records = append(records, fmt.Sprintf(`{"eventID":"e-%d","eventName":"AttachRolePolicy","eventTime":"2026-10-14T09:00:%02dZ","awsRegion":"eu-west-1","recipientAccountId":"%s"}`, n, n, Home))
	}
	records = append(records,
		`{"eventID":"far","eventName":"AttachRolePolicy","eventTime":"2026-10-14T09:00:00Z","awsRegion":"us-east-1","recipientAccountId":"`+Home+`"}`,
		`{"eventID":"other","eventName":"CreateRole","eventTime":"2026-10-14T09:00:00Z","awsRegion":"eu-west-1","recipientAccountId":"`+Home+`"}`)
	s.Trail(t, records...)
	var ids []string
	token := ""
	for range 3 {
		_, body := post(t, s, "x", "cloudtrail", "com.amazonaws.cloudtrail.v20131101.CloudTrail_20131101.LookupEvents",
			`{"LookupAttributes":[{"AttributeKey":"EventName","AttributeValue":"AttachRolePolicy"}],"StartTime":1791968400,"NextToken":"`+token+`"}`)
		var page struct {
			Events    []struct{ EventID, CloudTrailEvent string }
			NextToken string
		}
		if err := json.Unmarshal([]byte(body), &page); err != nil {
			t.Fatalf("%v: %s", err, body)
		}
		for _, e := range page.Events {
			ids = append(ids, e.EventID)
			if !strings.Contains(e.CloudTrailEvent, `"`+e.EventID+`"`) {
				t.Errorf("%+v", e)
			}
		}
		if token = page.NextToken; token == "" {
			break
		}
	}
	if len(ids) != 60 || ids[0] != "e-59" || ids[59] != "e-0" || token != "" {
		t.Errorf("%d events, %v, %q", len(ids), ids, token)
	}
}
