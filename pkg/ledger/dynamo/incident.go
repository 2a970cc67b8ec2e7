package dynamo

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"

	"github.com/assumewhy/assumewhy/pkg/ledger"
)

const (
	// maxTries bounds how often one change is tried while others change the same.
	maxTries = 16
	// patientAfter is after how many of them a pause is made.
	patientAfter = 3
	// maxSeen bounds the incidents whose last state is remembered.
	maxSeen = 1024
	// stampForm sorts as time does.
	stampForm = "2006-01-02T15:04:05.000Z"
	dayForm   = "2006-01-02"
)

// version is one state of an incident in the table; number 0 is none. by names
// the one write that made it: two environments may write the same.
type version struct {
	number  int64
	by      string
	body    string
	expires int64
}

// cache is the last state that this process saw, by incident.
type cache struct {
	mu   sync.Mutex
	byID map[string]version
}

func (c *cache) get(id string) version {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.byID[id]
}

func (c *cache) put(id string, v version) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if len(c.byID) >= maxSeen {
		clear(c.byID) // what is forgotten costs one request more
	}
	c.byID[id] = v
}

// Change replaces one incident by what change makes of its last known state, if
// that is its state still; else again with the state that it has.
func (s *Store) Change(ctx context.Context, id string, now time.Time, change func(*ledger.Incident) (ledger.Incident, bool)) error {
	have := s.seen.get(id)
	for try := range maxTries {
		if try >= patientAfter {
			if err := pause(ctx, try-patientAfter); err != nil {
				return fmt.Errorf("change incident %s: %w", id, err)
			}
		}
		old, err := have.incident(now)
		if err != nil {
			return fmt.Errorf("read incident %s: %w", id, err)
		}
		next, write := change(old)
		if !write {
			return s.unwritten(ctx, id, now, have, change)
		}
		want, err := have.next(next)
		if err != nil {
			return fmt.Errorf("keep incident %s: %w", id, err)
		}
		is, err := s.swap(ctx, &next, have.number, want)
		if err != nil {
			return fmt.Errorf("keep incident %s: %w", id, err)
		}
		s.seen.put(id, is)
		if is == want {
			return nil
		}
		have = is
	}
	return fmt.Errorf("keep incident %s: others changed it %d times meanwhile", id, maxTries)
}

// unwritten reads an incident that is not known here and about which there is
// nothing to write, as far as is known here; where it is there after all, it is
// changed as it is.
func (s *Store) unwritten(ctx context.Context, id string, now time.Time, had version, change func(*ledger.Incident) (ledger.Incident, bool)) error {
	out, err := s.api.GetItem(ctx, &dynamodb.GetItemInput{TableName: &s.table, Key: incidentKey(id), ConsistentRead: aws.Bool(true)})
	if err != nil {
		return fmt.Errorf("read incident %s: %w", id, err)
	}
	is := versionOf(out.Item)
	s.seen.put(id, is)
	if is == had {
		return nil
	}
	old, err := is.incident(now)
	if err != nil {
		return fmt.Errorf("read incident %s: %w", id, err)
	}
	if _, write := change(old); !write {
		return nil
	}
	return s.Change(ctx, id, now, change)
}

func (v version) incident(now time.Time) (*ledger.Incident, error) {
	if v.number == 0 || v.expires <= seconds(now) {
		return nil, nil
	}
	i := new(ledger.Incident)
	if err := json.Unmarshal([]byte(v.body), i); err != nil {
		return nil, err
	}
	return i, nil
}

func (v version) next(i ledger.Incident) (version, error) {
	body, err := json.Marshal(i)
	return version{v.number + 1, rand.Text(), string(body), seconds(i.Expires)}, err
}

func incidentKey(id string) item { return item{"pk": str("incident#" + id), "sk": str("incident")} }

func versionOf(i item) version {
	return version{number(i, "v"), text(i, "by"), text(i, "body"), number(i, "expires")}
}

// swap writes want where the table has the version with that number, and gives
// what the table has then.
func (s *Store) swap(ctx context.Context, i *ledger.Incident, from int64, want version) (version, error) {
	put := incidentKey(i.ID)
	put["v"], put["by"], put["body"], put["expires"] = num(want.number), str(want.by), str(want.body), num(want.expires)
	put["day"], put["last"] = str(i.Seen.UTC().Format(dayForm)), str(i.Seen.UTC().Format(stampForm)+"#"+i.ID)
	in := &dynamodb.PutItemInput{
		TableName: &s.table, Item: put,
		ConditionExpression:                 aws.String("attribute_not_exists(pk)"),
		ReturnValuesOnConditionCheckFailure: types.ReturnValuesOnConditionCheckFailureAllOld,
	}
	if from != 0 {
		in.ConditionExpression, in.ExpressionAttributeValues = aws.String("v = :v"), item{":v": num(from)}
	}
	_, err := s.api.PutItem(ctx, in)
	var refused *types.ConditionalCheckFailedException
	if errors.As(err, &refused) {
		return versionOf(refused.Item), nil // ours, where its answer was lost
	}
	return want, err
}

// pause waits a little longer each time.
func pause(ctx context.Context, n int) error {
	t := time.NewTimer(time.Duration(1<<min(n, 6)) * 10 * time.Millisecond)
	defer t.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-t.C:
		return nil
	}
}
