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

// API calls EventBridge: the target is "AWSEvents.PutEvents", in and out are
// JSON. What the service refuses is a smithy.APIError.
type API interface {
	Call(ctx context.Context, target string, in, out any) error
}

// What is sent and wanted (EventBridge API Reference, "PutEvents").
type (
	events struct{ Entries []event }
	event  struct {
		EventBusName, Source, DetailType, Detail string
		Resources                                []string `json:",omitempty"`
	}
	taken struct {
		FailedEntryCount int
		Entries          []struct{ ErrorCode string }
	}
)

// Channel is a bus.
type Channel struct {
	api API
	bus string
}

var _ deliver.Channel = (*Channel)(nil)

// New makes a channel of a bus, given by its name or ARN.
func New(api API, bus string) *Channel { return &Channel{api, bus} }

// Send puts a message on the bus. A bus knows no threads, and no requesters.
func (c *Channel) Send(ctx context.Context, m *deliver.Message) (string, error) {
	detail, err := deliver.JSON(m, maxDetail)
	if err != nil {
		return "", err
	}
	entry := event{EventBusName: c.bus, Source: Source, DetailType: DetailType, Detail: string(detail)}
	if m.Report.Role.ARN != "" {
		entry.Resources = []string{m.Report.Role.ARN}
	}
	var out taken
	err = c.api.Call(ctx, "AWSEvents.PutEvents", events{[]event{entry}}, &out)
	var api smithy.APIError
	switch {
	case errors.As(err, &api):
		return "", refused(api.ErrorCode())
	case errors.Is(err, context.DeadlineExceeded):
		return "", &deliver.Failure{What: "no answer in time", Temporary: true}
	case err != nil:
		return "", &deliver.Failure{What: "Amazon EventBridge cannot be reached", Temporary: true}
	case out.FailedEntryCount > 0 && len(out.Entries) > 0:
		return "", refused(out.Entries[0].ErrorCode)
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
