package dynamo

import (
	"bytes"
	"compress/gzip"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"

	"github.com/assumewhy/assumewhy/pkg/ledger"
)

const (
	// perWrite is how many items one BatchWriteItem takes.
	perWrite = 25
	// writeTries bounds how often what DynamoDB left over is sent again.
	writeTries = 8
	// maxReport is how many bytes of a packed report fit an item of 400 KB with
	// room for its keys.
	maxReport = 390 << 10
	// keepSuppression is for how long an expired suppression can still be seen.
	keepSuppression = 90 * 24 * time.Hour
	// maxUnpacked bounds what a kept report may unpack to.
	maxUnpacked = 32 << 20
)

// Finish marks events as done and keeps reports, 25 a request. A report that is
// too large for an item is not kept; the events are done all the same, and the
// error is a ledger.ErrReport.
func (s *Store) Finish(ctx context.Context, events []ledger.Event, reports []ledger.Kept) error {
	puts := newPuts()
	for i := range events {
		body, err := json.Marshal(events[i])
		if err != nil {
			return fmt.Errorf("finish event %s: %w", events[i].Key, err)
		}
		one := eventKey(events[i].Key)
		one["st"], one["body"], one["expires"] = str("done"), str(string(body)), num(seconds(events[i].Expires))
		puts.add(one)
	}
	var refused error
	for i := range reports {
		packed, err := pack(reports[i].Report)
		if err != nil {
			refused = errors.Join(refused, fmt.Errorf("incident %s: %w: %w", reports[i].Incident, ledger.ErrReport, err))
			continue
		}
		one := reportKey(reports[i].Incident, reports[i].Fingerprint)
		one["body"], one["expires"] = &types.AttributeValueMemberB{Value: packed}, num(seconds(reports[i].Expires))
		puts.add(one)
	}
	for start := 0; start < len(puts.list); start += perWrite {
		if err := s.write(ctx, puts.list[start:min(start+perWrite, len(puts.list))]); err != nil {
			return fmt.Errorf("finish %d events and keep %d reports: %w", len(events), len(reports), err)
		}
	}
	return refused
}

// puts are writes to different keys: DynamoDB refuses a batch that names one
// twice. The last one to a key counts.
type puts struct {
	list []types.WriteRequest
	at   map[string]int
}

func newPuts() *puts { return &puts{at: map[string]int{}} }

func (p *puts) add(i item) {
	key := text(i, "pk") + "\n" + text(i, "sk")
	one := types.WriteRequest{PutRequest: &types.PutRequest{Item: i}}
	if n, ok := p.at[key]; ok {
		p.list[n] = one
		return
	}
	p.at[key] = len(p.list)
	p.list = append(p.list, one)
}

// write sends one batch, and what is left over of it again.
func (s *Store) write(ctx context.Context, batch []types.WriteRequest) error {
	for try := range writeTries {
		if try > 0 {
			if err := pause(ctx, try); err != nil {
				return err
			}
		}
		out, err := s.api.BatchWriteItem(ctx, &dynamodb.BatchWriteItemInput{
			RequestItems: map[string][]types.WriteRequest{s.table: batch},
		})
		if err != nil {
			return err
		}
		if batch = out.UnprocessedItems[s.table]; len(batch) == 0 {
			return nil
		}
	}
	return fmt.Errorf("DynamoDB left %d items over %d times", len(batch), writeTries)
}

func reportKey(incident, fingerprint string) item {
	return item{"pk": str("incident#" + incident), "sk": str("report#" + fingerprint)}
}

func pack(raw []byte) ([]byte, error) {
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	if _, err := w.Write(raw); err != nil {
		return nil, err
	}
	if err := w.Close(); err != nil {
		return nil, err
	}
	if b.Len() > maxReport {
		return nil, fmt.Errorf("%d bytes are too many for an item", b.Len())
	}
	return b.Bytes(), nil
}

// Report gives the JSON of a kept report.
func (s *Store) Report(ctx context.Context, incident, fingerprint string, now time.Time) ([]byte, error) {
	out, err := s.api.GetItem(ctx, &dynamodb.GetItemInput{TableName: &s.table, Key: reportKey(incident, fingerprint)})
	if err != nil {
		return nil, fmt.Errorf("read the report of incident %s: %w", incident, err)
	}
	body, ok := out.Item["body"].(*types.AttributeValueMemberB)
	if !ok || number(out.Item, "expires") <= seconds(now) {
		return nil, nil
	}
	r, err := gzip.NewReader(bytes.NewReader(body.Value))
	if err != nil {
		return nil, fmt.Errorf("read the report of incident %s: %w", incident, err)
	}
	raw, err := io.ReadAll(io.LimitReader(r, maxUnpacked))
	if err != nil {
		return nil, fmt.Errorf("read the report of incident %s: %w", incident, err)
	}
	return raw, nil
}

// Recent gives the incidents counted since then, the latest first: one query a
// day, and more where a day has many.
func (s *Store) Recent(ctx context.Context, since, now time.Time) iter.Seq2[ledger.Incident, error] {
	return func(yield func(ledger.Incident, error) bool) {
		first := since.UTC().Truncate(24 * time.Hour)
		for day := now.UTC().Truncate(24 * time.Hour); !day.Before(first); day = day.Add(-24 * time.Hour) {
			stopped := false
			err := s.query(ctx, &dynamodb.QueryInput{
				TableName: &s.table, IndexName: aws.String(IndexRecent),
				KeyConditionExpression:   aws.String("#d = :day AND #l >= :since"),
				ExpressionAttributeNames: map[string]string{"#d": "day", "#l": "last"},
				ExpressionAttributeValues: item{
					":day": str(day.Format(dayForm)), ":since": str(since.UTC().Format(stampForm)),
				},
				ScanIndexForward: aws.Bool(false),
			}, func(i item) (bool, error) {
				one, err := versionOf(i).incident(now)
				stopped = err == nil && one != nil && !yield(*one, nil)
				return !stopped, err
			})
			if err != nil {
				yield(ledger.Incident{}, fmt.Errorf("read the incidents of %s: %w", day.Format(dayForm), err))
				return
			}
			if stopped {
				return
			}
		}
	}
}

// Suppress keeps a suppression.
func (s *Store) Suppress(ctx context.Context, one ledger.Suppression) error {
	body, err := json.Marshal(one)
	if err != nil {
		return fmt.Errorf("keep suppression %s: %w", one.ID, err)
	}
	_, err = s.api.PutItem(ctx, &dynamodb.PutItemInput{
		TableName: &s.table, Item: item{
			"pk": str("suppression"), "sk": str(one.ID), "body": str(string(body)),
			"expires": num(seconds(one.Expires.Add(keepSuppression))),
		},
	})
	if err != nil {
		return fmt.Errorf("keep suppression %s: %w", one.ID, err)
	}
	return nil
}

// Suppressions gives all, by id. One that cannot be read has an id alone.
func (s *Store) Suppressions(ctx context.Context) ([]ledger.Suppression, error) {
	list := []ledger.Suppression{}
	err := s.query(ctx, &dynamodb.QueryInput{
		TableName: &s.table, KeyConditionExpression: aws.String("pk = :pk"),
		ExpressionAttributeValues: item{":pk": str("suppression")},
	}, func(i item) (bool, error) {
		var one ledger.Suppression
		if json.Unmarshal([]byte(text(i, "body")), &one) != nil {
			one = ledger.Suppression{} // which suppresses nothing, and is told by its id
		}
		one.ID = text(i, "sk")
		list = append(list, one)
		return true, nil
	})
	if err != nil {
		return nil, fmt.Errorf("read suppressions: %w", err)
	}
	return list, nil
}

// query gives each item, page by page, until each says that it is enough.
func (s *Store) query(ctx context.Context, in *dynamodb.QueryInput, each func(item) (more bool, err error)) error {
	for {
		out, err := s.api.Query(ctx, in)
		if err != nil {
			return err
		}
		for _, i := range out.Items {
			if more, err := each(i); err != nil || !more {
				return err
			}
		}
		if len(out.LastEvaluatedKey) == 0 {
			return nil
		}
		in.ExclusiveStartKey = out.LastEvaluatedKey
	}
}
