package template

// Namespace is that of the metrics which the auditor writes.
const Namespace = "assumewhy"

// Metrics are the metrics that the auditor writes, with the dimensions that each
// has by itself: "" is without any, as alarms need it. The dashboard draws all
// of them and no other.
var Metrics = map[string][]string{
	"Events":        {""},
	"Explained":     {""},
	"Undetermined":  {""},
	"Ignored":       {""},
	"Poison":        {""},
	"Failed":        {""}, // to come again
	"Causes":        {"Code", "Certainty"},
	"HintAgrees":    {""},
	"HintDisagrees": {""},
	"CollectGaps":   {""},
	"Suppressed":    {""},
	"Alerts":        {""},
	"Updates":       {""},
	"DeliverFailures": {
		"", "Channel",
	},
	"RoutesFailures": {""},
	"Latency":        {""}, // milliseconds from the denied call to the message
	"EstateMillis":   {""}, // reading AWS for one event
	"Own":            {""}, // milliseconds of CPU an event
}
