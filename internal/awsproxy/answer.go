package awsproxy

import (
	"fmt"
	"net/http"
	"strings"
	"sync/atomic"
	"time"
)

// Answer is what the proxy does with a call in moto's stead. Without Status, Cut
// and Lost it is moto's own answer, after the delay.
type Answer struct {
	Status int
	Code   string        // of an error, in the form of the service
	Body   string        // in place of an error
	Delay  time.Duration // before anything else
	Lost   bool          // moto does what is asked, and its answer is lost: this one comes
	Cut    bool          // the connection ends without an answer
}

// On answers calls of an action ("iam:GetRole"; "iam:*"; "*") in an account
// (empty: any).
func On(action, account string, answer func(Call) *Answer) func(Call) *Answer {
	return func(c Call) *Answer {
		head, open := strings.CutSuffix(action, "*")
		named := c.Action == action || open && strings.HasPrefix(c.Action, head)
		if !named || account != "" && account != c.Account {
			return nil
		}
		return answer(c)
	}
}

// Times answers the first n calls that answer would, and lets the others
// through.
func Times(n int64, answer func(Call) *Answer) func(Call) *Answer {
	var done atomic.Int64
	return func(c Call) *Answer {
		a := answer(c)
		if a != nil && done.Add(1) > n {
			return nil
		}
		return a
	}
}

// Say answers every call with one answer.
func Say(a Answer) func(Call) *Answer {
	return func(Call) *Answer { return &a }
}

// Deny refuses a call as its service does.
func Deny(c Call) *Answer {
	switch {
	case c.json:
		return &Answer{Status: http.StatusBadRequest, Code: "AccessDeniedException"}
	case c.Service() == "ec2":
		return &Answer{Status: http.StatusForbidden, Code: "UnauthorizedOperation"}
	case c.Service() == "sns":
		return &Answer{Status: http.StatusForbidden, Code: "AuthorizationError"}
	}
	return &Answer{Status: http.StatusForbidden, Code: "AccessDenied"}
}

// Throttle says of a call that there were too many.
func Throttle(c Call) *Answer {
	switch {
	case c.Service() == "organizations":
		return &Answer{Status: http.StatusBadRequest, Code: "TooManyRequestsException"}
	case c.json:
		return &Answer{Status: http.StatusBadRequest, Code: "ThrottlingException"}
	case c.Service() == "ec2":
		return &Answer{Status: http.StatusServiceUnavailable, Code: "RequestLimitExceeded"}
	case c.Service() == "sns":
		return &Answer{Status: http.StatusTooManyRequests, Code: "Throttled"}
	}
	return &Answer{Status: http.StatusBadRequest, Code: "Throttling"}
}

// Lose lets moto do what is asked and loses its answer; clients try again.
func Lose(Call) *Answer {
	return &Answer{Status: http.StatusInternalServerError, Code: "InternalFailure", Lost: true}
}

// Down answers as a service that is out of order.
func Down(Call) *Answer {
	return &Answer{Status: http.StatusServiceUnavailable, Code: "ServiceUnavailable"}
}

// write writes the answer in the form of the service: JSON, or XML.
func (a *Answer) write(w http.ResponseWriter, c Call) {
	body := a.Body
	switch {
	case c.json:
		w.Header().Set("Content-Type", "application/x-amz-json-1.1")
		if body == "" {
			body = fmt.Sprintf(`{"__type":%q,"Message":"told by the test"}`, a.Code)
		}
	case body != "":
	case c.Service() == "ec2":
		body = fmt.Sprintf(`<Response><Errors><Error><Code>%s</Code><Message>told by the test</Message></Error></Errors></Response>`, a.Code)
	default:
		body = fmt.Sprintf(`<ErrorResponse><Error><Type>Sender</Type><Code>%s</Code><Message>told by the test</Message></Error></ErrorResponse>`, a.Code)
	}
	w.WriteHeader(a.Status)
	_, _ = w.Write([]byte(body))
}
