package awsproxy

import (
	"encoding/json"
	"sync"
)

// locks keep apart the requests to DynamoDB that could meet in moto between a
// check and its write: those to one item (keys "pk" and "sk"), and those to many
// items, or to tables with other keys, from all others.
type locks struct {
	all sync.RWMutex

	mu    sync.Mutex
	items map[string]*sync.Mutex
}

// take takes the lock of a request and gives what gives it back.
func (l *locks) take(c Call) (release func()) {
	var in struct {
		TableName string
		Key, Item map[string]any
	}
	_ = json.Unmarshal([]byte(c.Body), &in) // what has no key takes all
	if in.Key == nil {
		in.Key = in.Item
	}
	name, err := json.Marshal([]any{in.TableName, in.Key["pk"], in.Key["sk"]})
	if err != nil || in.Key["pk"] == nil {
		l.all.Lock()
		return l.all.Unlock
	}
	l.all.RLock()
	l.mu.Lock()
	if l.items == nil {
		l.items = map[string]*sync.Mutex{}
	}
	one := l.items[string(name)]
	if one == nil {
		one = &sync.Mutex{}
		l.items[string(name)] = one
	}
	l.mu.Unlock()
	one.Lock()
	return func() {
		one.Unlock()
		l.all.RUnlock()
	}
}
