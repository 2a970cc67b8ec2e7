package main

import (
	"bytes"
	"encoding/json"

	"github.com/assumewhy/assumewhy/pkg/deliver"
)

// message is one thing that came in: a message of a queue, or the payload itself.
// It fails as a whole, and by itself.
type message struct {
	id     string // of the queue; empty for a bare payload
	tries  string // how often the queue has given it, this time among them
	body   []byte
	failed bool
}

// input is a payload, told by its content.
type input struct {
	batch    bool   // messages of a queue
	word     string // "tick" or "test"
	messages []*message
}

// fromQueue is the event that Lambda makes of messages of Amazon SQS (Lambda
// Developer Guide, "Using Lambda with Amazon SQS").
type fromQueue struct {
	Records []struct {
		ID         string            `json:"messageId"`
		Source     string            `json:"eventSource"`
		Body       string            `json:"body"`
		Attributes map[string]string `json:"attributes"`
	}
}

// read tells what a payload is. Whatever is not known is one bare message, whose
// content decides.
func read(payload []byte) input {
	var word struct {
		Assumewhy string `json:"assumewhy"`
	}
	if json.Unmarshal(payload, &word) == nil && word.Assumewhy != "" {
		return input{word: word.Assumewhy}
	}
	var q fromQueue
	if json.Unmarshal(payload, &q) != nil || len(q.Records) == 0 || q.Records[0].Source != "aws:sqs" {
		return input{messages: []*message{{body: payload}}}
	}
	in := input{batch: true}
	for _, r := range q.Records {
		in.messages = append(in.messages, &message{id: r.ID, tries: r.Attributes["ApproximateReceiveCount"], body: []byte(r.Body)})
	}
	return in
}

// isDelivery says whether a body is a delivery that was kept.
func isDelivery(body []byte) bool {
	if !bytes.Contains(body, []byte(deliver.Schema)) {
		return false
	}
	var d struct {
		Schema string `json:"schema"`
	}
	return json.Unmarshal(body, &d) == nil && d.Schema == deliver.Schema
}

// failures is the answer to a batch: the messages that are to come again (Lambda
// Developer Guide, "Handling errors for an SQS event source in Lambda").
type failures struct {
	Items []failure `json:"batchItemFailures"`
}

type failure struct {
	ID string `json:"itemIdentifier"`
}

func failed(messages []*message) failures {
	f := failures{Items: []failure{}}
	for _, m := range messages {
		if m.failed {
			f.Items = append(f.Items, failure{m.id})
		}
	}
	return f
}
