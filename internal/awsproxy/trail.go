package awsproxy

import (
	"encoding/json"
	"net/http"
	"slices"
	"strconv"
	"testing"
	"time"
)

// perPage is how many events LookupEvents gives at most.
const perPage = 50

// lookedUp is a record as LookupEvents gives it.
type lookedUp struct {
	EventID     string  `json:"EventId"`
	EventName   string  `json:"EventName"`
	EventTime   float64 `json:"EventTime"` // seconds
	EventSource string  `json:"EventSource"`
	Username    string  `json:"Username,omitempty"`
	Record      string  `json:"CloudTrailEvent"`

	account, region string
}

// Trail sets the records that CloudTrail's LookupEvents finds, each in the
// account and the region that it names.
func (s *Server) Trail(t testing.TB, records ...string) {
	t.Helper()
	var all []lookedUp
	for _, text := range records {
		var r struct {
			EventID, EventName, EventSource, AWSRegion, RecipientAccountID string
			EventTime                                                      time.Time
			UserIdentity                                                   struct{ UserName, AccountID string }
		}
		if err := json.Unmarshal([]byte(text), &r); err != nil {
			t.Fatalf("a record of the trail: %v", err)
		}
		one := lookedUp{
			EventID: r.EventID, EventName: r.EventName, EventSource: r.EventSource, EventTime: float64(r.EventTime.Unix()),
			Username: r.UserIdentity.UserName, Record: text, account: r.RecipientAccountID, region: r.AWSRegion,
		}
		if one.account == "" {
			one.account = r.UserIdentity.AccountID
		}
		all = append(all, one)
	}
	slices.SortStableFunc(all, func(a, b lookedUp) int { return int(b.EventTime - a.EventTime) }) // the latest first
	s.mu.Lock()
	defer s.mu.Unlock()
	s.trail = all
}

// asked is the body of LookupEvents.
type asked struct {
	LookupAttributes   []struct{ AttributeKey, AttributeValue string }
	StartTime, EndTime float64
	MaxResults         int
	NextToken          string
}

func (a *asked) wants(e *lookedUp) bool {
	for _, m := range a.LookupAttributes {
		is, known := map[string]string{"EventId": e.EventID, "EventName": e.EventName, "EventSource": e.EventSource, "Username": e.Username}[m.AttributeKey]
		if !known || is != m.AttributeValue {
			return false
		}
	}
	return e.EventTime >= a.StartTime && (a.EndTime == 0 || e.EventTime <= a.EndTime)
}

// lookup answers LookupEvents.
func (s *Server) lookup(c Call) *Answer {
	var in asked
	if err := json.Unmarshal([]byte(c.Body), &in); err != nil {
		return &Answer{Status: http.StatusBadRequest, Code: "SerializationException"}
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	found := []lookedUp{}
	for i := range s.trail {
		if e := &s.trail[i]; e.account == c.Account && e.region == c.Region && in.wants(e) {
			found = append(found, *e)
		}
	}
	from, err := strconv.Atoi(in.NextToken)
	if err != nil || from > len(found) {
		from = 0
	}
	size := perPage
	if in.MaxResults > 0 {
		size = min(size, in.MaxResults)
	}
	page := map[string]any{"Events": found[from:min(from+size, len(found))]}
	if from+size < len(found) {
		page["NextToken"] = strconv.Itoa(from + size)
	}
	body, err := json.Marshal(page)
	if err != nil {
		return &Answer{Status: http.StatusInternalServerError, Code: "InternalFailure"}
	}
	return &Answer{Status: http.StatusOK, Body: string(body)}
}
