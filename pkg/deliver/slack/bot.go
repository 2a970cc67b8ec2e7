package slack

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/slack-go/slack"

	"github.com/assumewhy/assumewhy/pkg/deliver"
)

// Bot tells findings with a bot token (scopes chat:write, and for Requester
// users:read.email and im:write). The first message of an incident opens a
// thread; news goes into it and shows in the channel, repeats go into it and
// change the count of the first message.
type Bot struct {
	BotOptions

	mu     sync.Mutex
	people map[string]person
}

// person is the answer of a lookup; an empty id is nobody.
type person struct {
	id string
	at time.Time
}

const (
	// knownFor is how long a lookup is good for.
	knownFor = time.Hour
	// maxPeople bounds how many are remembered.
	maxPeople = 4096
)

var _ deliver.Channel = (*Bot)(nil)

// BotOptions are what a bot is made of.
type BotOptions struct {
	Token   Secret
	Channel string // id of the conversation (C0123...); a requester is written to instead
	Render  Render
	Client  *http.Client
	Now     func() time.Time
	API     string // address of Slack's API with a slash at its end; empty is Slack's own
}

// Validate says what is missing.
func (o *BotOptions) Validate() error {
	switch {
	case o.Token == nil || o.Render == nil || o.Client == nil || o.Now == nil:
		return errors.New("a Slack bot needs Token, Render, Client and Now")
	case deliver.Code(o.Channel) == "":
		return fmt.Errorf("%q is no id of a Slack conversation: it looks like C0123456789", o.Channel)
	}
	return nil
}

// NewBot makes a channel of a conversation of Slack.
func NewBot(o BotOptions) (*Bot, error) {
	if err := o.Validate(); err != nil {
		return nil, err
	}
	o.Client = guarded(o.Client)
	return &Bot{BotOptions: o, people: map[string]person{}}, nil
}

// Send tells a message; a token that is not good any more is read anew, once. A
// requester whom Slack does not know is no failure: nothing is sent.
func (b *Bot) Send(ctx context.Context, m *deliver.Message) (string, error) {
	p, err := b.Render(m)
	if err != nil {
		return "", &deliver.Failure{What: "the message could not be rendered"}
	}
	if p.Text == "" {
		return "", nil
	}
	root, reply, err := both(p)
	if err != nil {
		return "", &deliver.Failure{What: "the blocks are no blocks of Slack"}
	}
	for again := false; ; again = true {
		token, err := b.Token.Value(ctx)
		if err != nil {
			return "", err
		}
		options := []slack.Option{slack.OptionHTTPClient(b.Client)}
		if b.API != "" {
			options = append(options, slack.OptionAPIURL(b.API))
		}
		t := turn{b, slack.New(token, options...), root, reply}
		thread, err := t.tell(ctx, m)
		if err == nil {
			return thread, nil
		}
		f := told(err)
		if !rejected(f.Code) || again {
			return "", f
		}
		b.Token.Forget()
	}
}

// both are a payload and its reply as options of the client; the reply's are nil
// where there is none. No text is markup, and nothing is unfurled.
func both(p Payload) (root, reply []slack.MsgOption, err error) {
	if root, err = options(p); err == nil && p.Reply != nil {
		reply, err = options(*p.Reply)
	}
	return root, reply, err
}

func options(p Payload) ([]slack.MsgOption, error) {
	list := []slack.MsgOption{
		slack.MsgOptionText(p.Text, false), slack.MsgOptionDisableMarkdown(), slack.MsgOptionParse(false),
		slack.MsgOptionDisableLinkUnfurl(), slack.MsgOptionDisableMediaUnfurl(),
	}
	if p.Blocks == nil {
		return list, nil
	}
	var each []json.RawMessage
	if err := json.Unmarshal(p.Blocks, &each); err != nil {
		return nil, err
	}
	blocks := make([]slack.Block, len(each))
	for i := range each {
		blocks[i] = block{each[i]}
	}
	return append(list, slack.MsgOptionBlocks(blocks...)), nil
}

// block is one block as it was rendered: the client's own types would add
// members to it.
type block struct{ json.RawMessage }

// BlockType is unknown here: the client only writes the block.
func (block) BlockType() slack.MessageBlockType { return "" }

// ID is unknown here too.
func (block) ID() string { return "" }

// turn is one message on its way.
type turn struct {
	*Bot
	slack *slack.Client
	root  []slack.MsgOption
	reply []slack.MsgOption
}

func (t turn) tell(ctx context.Context, m *deliver.Message) (string, error) {
	channel, root, ok := strings.Cut(m.Thread, ":")
	switch {
	case m.Kind == deliver.Requester:
		return t.person(ctx, m)
	case !ok || channel == "" || root == "":
		return t.open(ctx, t.Channel)
	case m.Kind == deliver.Update:
		return t.update(ctx, m, channel, root)
	}
	_, _, err := t.slack.PostMessageContext(ctx, channel, append(slices.Clone(t.root), slack.MsgOptionTS(root), slack.MsgOptionBroadcast())...)
	if gone(err) {
		return t.open(ctx, t.Channel)
	}
	return m.Thread, err
}

// open begins a thread.
func (t turn) open(ctx context.Context, channel string) (string, error) {
	in, at, err := t.slack.PostMessageContext(ctx, channel, t.root...)
	if err != nil {
		return "", err
	}
	if thread := in + ":" + at; isThread.MatchString(thread) {
		return thread, nil
	}
	return "", nil // told, though not where: what comes next opens another
}

// isThread is how a thread is kept: the id of a conversation and the time stamp
// of a message.
var isThread = regexp.MustCompile(`^[A-Z0-9]{1,32}:[0-9]{1,20}(\.[0-9]{1,20})?$`)

// update changes the count of the first message and says in the thread what it
// is. Where the reply fails, trying again changes the same message again.
func (t turn) update(ctx context.Context, m *deliver.Message, channel, root string) (string, error) {
	_, _, _, err := t.slack.UpdateMessageContext(ctx, channel, root, t.root...)
	if gone(err) {
		return t.open(ctx, t.Channel)
	}
	if err != nil {
		return "", err
	}
	if t.reply == nil {
		return m.Thread, nil
	}
	_, _, err = t.slack.PostMessageContext(ctx, channel, append(slices.Clone(t.reply), slack.MsgOptionTS(root))...)
	return m.Thread, err
}

// person writes to who made the call.
func (t turn) person(ctx context.Context, m *deliver.Message) (string, error) {
	id, err := t.lookup(ctx, m.To)
	if err != nil || id == "" {
		return "", err
	}
	return t.open(ctx, id)
}

// lookup finds a person's id by their address; empty where there is nobody.
func (t turn) lookup(ctx context.Context, address string) (string, error) {
	if address == "" {
		return "", nil
	}
	t.mu.Lock()
	known, ok := t.people[address]
	t.mu.Unlock()
	if ok && t.Now().Sub(known.at) < knownFor {
		return known.id, nil
	}
	user, err := t.slack.GetUserByEmailContext(ctx, address)
	found := person{at: t.Now()}
	switch {
	case err == nil && user != nil && !user.Deleted && !user.IsBot:
		found.id = user.ID
	case err != nil && word(err) != "users_not_found":
		return "", err
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	if len(t.people) >= maxPeople {
		clear(t.people)
	}
	t.people[address] = found
	return found.id, nil
}

// gone says whether the thread's first message is not there any more.
func gone(err error) bool {
	switch word(err) {
	case "message_not_found", "thread_not_found", "cant_update_message", "edit_window_closed":
		return true
	}
	return false
}

// word is Slack's own word for an error; empty for others.
func word(err error) string {
	var answered slack.SlackErrorResponse
	if errors.As(err, &answered) {
		return deliver.Code(answered.Err)
	}
	return ""
}

// told is a Failure of an error of the client.
func told(err error) *deliver.Failure {
	var f *deliver.Failure
	var wait *slack.RateLimitedError
	var code slack.StatusCodeError
	switch {
	case errors.As(err, &f):
		return f
	case errors.As(err, &wait):
		return &deliver.Failure{What: "Slack asks to wait", Code: "429", Temporary: true, After: min(max(wait.RetryAfter, time.Second), longestWait)}
	case errors.As(err, &code):
		return status(code.Code, http.Header{}, "")
	case word(err) != "":
		f = &deliver.Failure{What: "Slack refused the message", Code: word(err)}
		switch f.Code {
		case "ratelimited", "rate_limited", "internal_error", "fatal_error", "service_unavailable", "request_timeout", "team_added_to_org":
			f.Temporary = true
		}
		return f
	}
	if errors.As(unreached(err), &f) {
		return f
	}
	return &deliver.Failure{What: "Slack cannot be reached", Temporary: true}
}
