package lambdatest

import (
	"crypto/rand"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"time"
)

// maxAnswer is how large a response may be (AWS Lambda Developer Guide, "Lambda
// quotas").
const maxAnswer = 6 << 20

// Answer is what became of an invocation.
type Answer struct {
	RequestID string
	Payload   []byte        // of the response, nil with Fault
	Fault     *Fault        // of the function, or of the service about it
	Took      time.Duration // until the function asked for the next invocation
	CPU       time.Duration // of the process meanwhile, the kernel's on its behalf among it
}

// invocation is one on its way.
type invocation struct {
	id       string
	payload  []byte
	deadline time.Time
	answer   chan Answer // one
}

// Invoke runs the function once and waits until it asks for the next
// invocation, at the deadline kills it. Calls at the same time take turns. An
// environment whose process is over answers with a fault.
func (e *Environment) Invoke(payload []byte) Answer {
	e.turn.Lock()
	defer e.turn.Unlock()
	start, before := time.Now(), e.CPU()
	limit := or(e.function.Timeout, time.Minute)
	in := &invocation{id: newID(), payload: payload, deadline: start.Add(limit), answer: make(chan Answer, 1)}
	late := time.NewTimer(limit)
	defer late.Stop()
	e.begin(in)
	a := e.wait(in, late.C)
	a.RequestID, a.Took = in.id, time.Since(start)
	if now := e.CPU(); now > before {
		a.CPU = now - before
	}
	return a
}

// wait is the way of one invocation: it is taken, it is answered, and the next
// one is asked for.
func (e *Environment) wait(in *invocation, late <-chan time.Time) Answer {
	defer e.begin(nil)
	var a Answer
	taken, answer, asked := e.next, (chan Answer)(nil), (chan struct{})(nil)
	for {
		select {
		case taken <- in:
			taken, answer = nil, in.answer
		case a = <-answer:
			answer, asked = nil, e.asked
		case <-asked:
			return a
		case <-e.ended:
			if a.Fault == nil {
				a = Answer{Fault: e.exit()}
			}
			return a
		case <-late:
			e.Kill()
			return Answer{Fault: &Fault{"Sandbox.Timedout", fmt.Sprintf("task timed out after %s", or(e.function.Timeout, time.Minute))}}
		}
	}
}

func (e *Environment) begin(in *invocation) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.current = in
}

// answered takes the answer to the current invocation; false where it is not
// the one that is answered.
func (e *Environment) answered(id string, a Answer) bool {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.current == nil || e.current.id != id {
		return false
	}
	select {
	case e.current.answer <- a:
		return true
	default: // a second answer
		return false
	}
}

// handler is the Runtime API.
func (e *Environment) handler() http.Handler {
	const base = "/2018-06-01/runtime/"
	mux := http.NewServeMux()
	mux.HandleFunc("GET "+base+"invocation/next", e.serveNext)
	mux.HandleFunc("POST "+base+"invocation/{id}/response", func(w http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxAnswer))
		if err != nil {
			refuse(w, http.StatusRequestEntityTooLarge, "Function.ResponseSizeTooLarge")
			return
		}
		e.accept(w, r, Answer{Payload: body})
	})
	mux.HandleFunc("POST "+base+"invocation/{id}/error", func(w http.ResponseWriter, r *http.Request) {
		f := fault(r)
		e.accept(w, r, Answer{Fault: &f})
	})
	mux.HandleFunc("POST "+base+"init/error", func(w http.ResponseWriter, r *http.Request) {
		select {
		case e.broken <- fault(r):
		default: // told before
		}
		w.WriteHeader(http.StatusAccepted)
	})
	return mux
}

// serveNext hands the process an invocation when there is one.
func (e *Environment) serveNext(w http.ResponseWriter, r *http.Request) {
	select {
	case e.asked <- struct{}{}:
	default: // asked before, and the answer was lost
	}
	select {
	case in := <-e.next:
		h := w.Header()
		h.Set("Content-Type", "application/json")
		h.Set("Lambda-Runtime-Aws-Request-Id", in.id)
		h.Set("Lambda-Runtime-Deadline-Ms", strconv.FormatInt(in.deadline.UnixMilli(), 10))
		h.Set("Lambda-Runtime-Invoked-Function-Arn", arn)
		h.Set("Lambda-Runtime-Trace-Id", "Root=1-00000000-000000000000000000000000;Sampled=0")
		_, _ = w.Write(in.payload)
	case <-r.Context().Done():
	}
}

func (e *Environment) accept(w http.ResponseWriter, r *http.Request, a Answer) {
	if !e.answered(r.PathValue("id"), a) {
		refuse(w, http.StatusBadRequest, "InvalidRequestID")
		return
	}
	w.WriteHeader(http.StatusAccepted)
}

func refuse(w http.ResponseWriter, status int, word string) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(Fault{Type: word, Message: word})
}

// fault reads what the function says of its error; the header stands where the
// body is none.
func fault(r *http.Request) Fault {
	var f Fault
	if err := json.NewDecoder(io.LimitReader(r.Body, maxAnswer)).Decode(&f); err != nil || f.Type == "" {
		f.Type = r.Header.Get("Lambda-Runtime-Function-Error-Type")
	}
	return f
}

// newID is a request id in the form of AWS Lambda's.
func newID() string {
	var b [16]byte
	_, _ = rand.Read(b[:]) // it never fails
	b[6], b[8] = b[6]&0x0f|0x40, b[8]&0x3f|0x80
	return fmt.Sprintf("%x-%x-%x-%x-%x", b[:4], b[4:6], b[6:8], b[8:10], b[10:])
}
