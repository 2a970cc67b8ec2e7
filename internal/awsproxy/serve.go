package awsproxy

import (
	"bytes"
	"io"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"time"
)

var (
	signed     = regexp.MustCompile(`Credential=([^/]+)/[0-9]+/([^/]+)/([^/]+)/`)
	assumedKey = regexp.MustCompile(`<AccessKeyId>([^<]+)</AccessKeyId>`)
	roleOwner  = regexp.MustCompile(`^arn:[a-z-]+:iam::([0-9]{12}):role/`)
)

func (s *Server) serve(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	c := s.read(r, body)
	s.mu.Lock()
	answers, step := s.answers, s.step
	s.mu.Unlock()
	if step != nil {
		c.Round = step.wait()
	}
	s.mu.Lock()
	s.calls = append(s.calls, c)
	s.seen[[2]string{c.Action, c.Agent}] = true
	s.mu.Unlock()
	for _, answer := range answers {
		if a := answer(c); a != nil {
			s.inStead(w, r, c, body, a)
			return
		}
	}
	if c.Action == "cloudtrail:LookupEvents" {
		s.lookup(c).write(w, c)
		return
	}
	s.forward(r, c, body).write(w)
}

// inStead gives the test's answer.
func (s *Server) inStead(w http.ResponseWriter, r *http.Request, c Call, body []byte, a *Answer) {
	pause(r, a.Delay)
	var is *fromMoto
	if a.Lost || a.Status == 0 && !a.Cut {
		is = s.forward(r, c, body)
	}
	switch {
	case a.Cut:
		panic(http.ErrAbortHandler) // ends the connection without an answer
	case a.Status == 0:
		is.write(w)
	default:
		a.write(w, c)
	}
}

// pause waits, but not for a client that has gone.
func pause(r *http.Request, d time.Duration) {
	if d <= 0 {
		return
	}
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
	case <-r.Context().Done():
	}
}

// read says which call a request is.
func (s *Server) read(r *http.Request, body []byte) Call {
	c := Call{Body: string(body), Agent: r.UserAgent(), At: time.Now()}
	key, service := "", ""
	if m := signed.FindStringSubmatch(r.Header.Get("Authorization")); m != nil {
		key, c.Region, service = m[1], m[2], m[3]
	}
	if target := r.Header.Get("X-Amz-Target"); target != "" {
		c.Action, c.json = target[strings.LastIndexByte(target, '.')+1:], true
	} else if form, err := url.ParseQuery(c.Body); err == nil && form.Get("Action") != "" {
		c.Form, c.Action = form, form.Get("Action")
	} else if service != "" {
		c.Action = r.Method + " " + r.URL.Path
	}
	c.Action = service + ":" + c.Action
	s.mu.Lock()
	defer s.mu.Unlock()
	c.Account, c.Role = Home, s.keys[key]
	if owner := roleOwner.FindStringSubmatch(c.Role); owner != nil {
		c.Account = owner[1]
	}
	return c
}

// fromMoto is an answer of moto; nil where the client has gone.
type fromMoto struct {
	status int
	header http.Header
	body   []byte
}

// forward asks moto.
func (s *Server) forward(r *http.Request, c Call, body []byte) *fromMoto {
	out, err := http.NewRequestWithContext(r.Context(), r.Method, s.moto+r.URL.RequestURI(), bytes.NewReader(body))
	if err != nil {
		return &fromMoto{http.StatusBadGateway, nil, []byte(err.Error())}
	}
	out.Header = r.Header.Clone()
	out.Host = r.Host
	if c.Service() == "dynamodb" {
		defer s.dynamo.take(c)()
	}
	res, err := s.client.Do(out)
	if err != nil {
		return nil
	}
	defer func() { _ = res.Body.Close() }()
	data, err := io.ReadAll(res.Body)
	if err != nil {
		return nil
	}
	if c.Action == "sts:AssumeRole" {
		s.learn(c, data)
	}
	s.mu.Lock()
	rewrite := s.rewrite
	s.mu.Unlock()
	if rewrite != nil {
		data = rewrite(c, data)
	}
	return &fromMoto{res.StatusCode, res.Header, data}
}

func (is *fromMoto) write(w http.ResponseWriter) {
	if is == nil {
		panic(http.ErrAbortHandler)
	}
	for k, v := range is.header {
		if k != "Content-Length" && k != "Connection" { // moto ends each connection, the proxy keeps its own
			w.Header()[k] = v
		}
	}
	w.WriteHeader(is.status)
	_, _ = w.Write(is.body)
}

// learn notes to which role the keys of a session belong.
func (s *Server) learn(c Call, data []byte) {
	key, role := assumedKey.FindSubmatch(data), c.Form.Get("RoleArn")
	if key == nil || !roleOwner.MatchString(role) {
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.keys[string(key[1])] = role
}
