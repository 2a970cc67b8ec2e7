// Package bus puts findings on an Amazon EventBridge bus, so that others can
// build on them: source "assumewhy", detail-type "assumewhy finding", detail of
// schema assumewhy.finding/v1, resources the role's ARN.
//
// An event keeps to 256 KB, which every target takes; what is cut of a report is
// named in it.
package bus

import (
	"context"
	"errors"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/eventbridge"
	"github.com/aws/aws-sdk-go-v2/service/eventbridge/types"
	"github.com/aws/smithy-go"

	"github.com/assumewhy/assumewhy/pkg/deliver"
)

// What rules match on.
const (
	Source     = "assumewhy"
	DetailType = "assumewhy finding"
)

// maxDetail leaves room for the envelope within 256 KB.
const maxDetail = 256<<10 - 8<<10

// API is what of EventBridge is called.
type API interface {
	PutEvents(context.Context, *eventbridge.PutEventsInput, ...func(*eventbridge.Options)) (*eventbridge.PutEventsOutput, error)
}

// Channel is a bus.
type Channel struct {
	api API
	bus string
}

var (
	_ deliver.Channel = (*Channel)(nil)
	_ API             = (*eventbridge.Client)(nil)
)

// New makes a channel of a bus, given by its name or ARN.
func New(api API, bus string) *Channel { return &Channel{api, bus} }

// Send puts a message on the bus. A bus knows no threads, and no requesters.
func (c *Channel) Send(ctx context.Context, m *deliver.Message) (string, error) {
	detail, err := deliver.JSON(m, maxDetail)
	if err != nil {
		return "", err
	}
	entry := types.PutEventsRequestEntry{
		EventBusName: &c.bus, Source: aws.String(Source), DetailType: aws.String(DetailType), Detail: aws.String(string(detail)),
	}
	if m.Report.Role.ARN != "" {
		entry.Resources = []string{m.Report.Role.ARN}
	}
	out, err := c.api.PutEvents(ctx, &eventbridge.PutEventsInput{Entries: []types.PutEventsRequestEntry{entry}})
	var api smithy.APIError
	switch {
	case errors.As(err, &api):
		return "", refused(api.ErrorCode())
	case errors.Is(err, context.DeadlineExceeded):
		return "", &deliver.Failure{What: "no answer in time", Temporary: true}
	case err != nil:
		return "", &deliver.Failure{What: "Amazon EventBridge cannot be reached", Temporary: true}
	case out.FailedEntryCount > 0 && len(out.Entries) > 0:
		return "", refused(aws.ToString(out.Entries[0].ErrorCode))
	}
	return "", nil
}

// refused is a Failure of EventBridge's code.
func refused(code string) error {
	f := &deliver.Failure{What: "Amazon EventBridge refused the event", Code: deliver.Code(code), Temporary: true}
	switch code {
	case "AccessDeniedException", "ResourceNotFoundException", "ValidationException", "MalformedDetail",
		"NotAuthorizedForSourceException", "InvalidAccountIdException", "InvalidArgument", "NotAuthorizedForDetailTypeException":
		f.Temporary = false
	}
	return f
}
