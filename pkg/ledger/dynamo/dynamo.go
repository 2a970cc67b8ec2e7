// Package dynamo keeps findings in one DynamoDB table.
//
// Keys: partition key "pk" and sort key "sk", both strings; TTL attribute
// "expires" (seconds); one index, "recent", over "day" (UTC date) and "last"
// (time and id), with all attributes.
//
//	pk                  sk                    what
//	event#KEY           event                 one event: st "open" (token, until) or "done" (body)
//	incident#ID         incident              one incident: v (its version), by (the write), body (JSON), day, last
//	incident#ID         report#FINGERPRINT    the report told last, JSON, gzip
//	suppression         ID                    one suppression, body (JSON)
//
// Requests: a claim is one conditional put an event, two where an attempt that
// died is taken over; finished events are written 25 a request, with the
// reports; an incident is one conditional put, for which the last state that
// this process saw stands in for a read: where somebody else has written
// meanwhile, the refused put brings the state, and a second one follows. Nothing
// is read before it is written.
//
// Claims are single puts and no transaction of a hundred: that would cost twice
// the write units, be refused as a whole for one event that came twice, and be
// in the way of another environment that takes others of the same events.
//
// A Store is safe for concurrent use. A write whose answer was lost and that is
// sent again is recognized, so it counts once.
package dynamo

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"strconv"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"

	"github.com/assumewhy/assumewhy/pkg/ledger"
)

// IndexRecent is the name of the index of incidents by day.
const IndexRecent = "recent"

// API is what of DynamoDB is called.
type API interface {
	PutItem(context.Context, *dynamodb.PutItemInput, ...func(*dynamodb.Options)) (*dynamodb.PutItemOutput, error)
	DeleteItem(context.Context, *dynamodb.DeleteItemInput, ...func(*dynamodb.Options)) (*dynamodb.DeleteItemOutput, error)
	GetItem(context.Context, *dynamodb.GetItemInput, ...func(*dynamodb.Options)) (*dynamodb.GetItemOutput, error)
	Query(context.Context, *dynamodb.QueryInput, ...func(*dynamodb.Options)) (*dynamodb.QueryOutput, error)
	BatchWriteItem(context.Context, *dynamodb.BatchWriteItemInput, ...func(*dynamodb.Options)) (*dynamodb.BatchWriteItemOutput, error)
}

// Store is a ledger.Store in a table. Make it with New.
type Store struct {
	api   API
	table string
	seen  cache
}

var (
	_ ledger.Store = (*Store)(nil)
	_ API          = (*dynamodb.Client)(nil)
)

// New makes a store over a table that exists.
func New(api API, table string) *Store {
	return &Store{api: api, table: table, seen: cache{byID: map[string]version{}}}
}

type item = map[string]types.AttributeValue

func str(s string) types.AttributeValue { return &types.AttributeValueMemberS{Value: s} }

func num(n int64) types.AttributeValue {
	return &types.AttributeValueMemberN{Value: strconv.FormatInt(n, 10)}
}

func text(i item, name string) string {
	if s, ok := i[name].(*types.AttributeValueMemberS); ok {
		return s.Value
	}
	return ""
}

func number(i item, name string) int64 {
	if n, ok := i[name].(*types.AttributeValueMemberN); ok {
		v, err := strconv.ParseInt(n.Value, 10, 64)
		if err == nil {
			return v
		}
	}
	return 0
}

// seconds is a time of expiry; what expires in this second has expired.
func seconds(t time.Time) int64 { return t.Unix() }

// maxKey is how long a key may be before its digest stands for it.
const maxKey = 256

func eventKey(key string) item {
	if len(key) > maxKey {
		sum := sha256.Sum256([]byte(key))
		key = "sha256:" + hex.EncodeToString(sum[:])
	}
	return item{"pk": str("event#" + key), "sk": str("event")}
}

// Claim takes an event for an attempt: one request where nobody has had it.
func (s *Store) Claim(ctx context.Context, a ledger.Attempt) (ledger.Claim, error) {
	var seen item
	for range maxTries {
		is, err := s.take(ctx, a, seen)
		switch {
		case err != nil:
			return ledger.Claim{}, fmt.Errorf("claim event %s: %w", a.Key, err)
		case is == nil:
			return ledger.Claim{State: ledger.Mine, Resumed: text(seen, "st") == "open" && !expired(seen, a.Now)}, nil
		}
		if c := held(is, a); c.State != 0 {
			return c, nil
		}
		seen = is
	}
	return ledger.Claim{}, fmt.Errorf("claim event %s: others took it %d times meanwhile", a.Key, maxTries)
}

// take writes the attempt where the table has what was seen of the event, which
// may be nothing. Else it gives what the table has; empty where that is nothing.
func (s *Store) take(ctx context.Context, a ledger.Attempt, seen item) (is item, err error) {
	one := eventKey(a.Key)
	one["st"], one["token"], one["until"], one["expires"] = str("open"), str(a.Token), num(a.Until.UnixMilli()), num(seconds(a.Expires))
	in := &dynamodb.PutItemInput{
		TableName: &s.table, Item: one,
		ConditionExpression:                 aws.String("attribute_not_exists(pk)"),
		ReturnValuesOnConditionCheckFailure: types.ReturnValuesOnConditionCheckFailureAllOld,
	}
	if len(seen) > 0 {
		in.ConditionExpression = aws.String("st = :st AND expires = :expires")
		in.ExpressionAttributeValues = item{":st": seen["st"], ":expires": seen["expires"]}
		if token, ok := seen["token"]; ok {
			in.ConditionExpression = aws.String("st = :st AND expires = :expires AND #t = :token")
			in.ExpressionAttributeNames = map[string]string{"#t": "token"}
			in.ExpressionAttributeValues[":token"] = token
		}
	}
	_, err = s.api.PutItem(ctx, in)
	var refused *types.ConditionalCheckFailedException
	if errors.As(err, &refused) {
		is = refused.Item
		if is == nil {
			is = item{}
		}
		return is, nil
	}
	return nil, err
}

// held says who has an event; its state is none where it can be taken. One that
// is ours is an answer that was lost.
func held(is item, a ledger.Attempt) ledger.Claim {
	until := time.UnixMilli(number(is, "until")).UTC()
	switch {
	case len(is) == 0 || expired(is, a.Now):
		return ledger.Claim{}
	case text(is, "st") == "done":
		return ledger.Claim{State: ledger.Done}
	case text(is, "token") == a.Token:
		return ledger.Claim{State: ledger.Mine}
	case until.After(a.Now):
		return ledger.Claim{State: ledger.Busy, Until: until}
	}
	return ledger.Claim{}
}

func expired(i item, now time.Time) bool { return number(i, "expires") <= seconds(now) }

// Release gives back what an attempt claimed.
func (s *Store) Release(ctx context.Context, key, token string) error {
	_, err := s.api.DeleteItem(ctx, &dynamodb.DeleteItemInput{
		TableName: &s.table, Key: eventKey(key),
		ConditionExpression:       aws.String("st = :open AND #t = :token"),
		ExpressionAttributeNames:  map[string]string{"#t": "token"},
		ExpressionAttributeValues: item{":open": str("open"), ":token": str(token)},
	})
	var refused *types.ConditionalCheckFailedException
	if err != nil && !errors.As(err, &refused) {
		return fmt.Errorf("release event %s: %w", key, err)
	}
	return nil
}
