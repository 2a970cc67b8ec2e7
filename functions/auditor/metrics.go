package main

import (
	"encoding/json"
	"io"
	"maps"
	"slices"
	"time"

	"github.com/assumewhy/assumewhy/pkg/collect/awsapi"
	"github.com/assumewhy/assumewhy/pkg/deliver"
	"github.com/assumewhy/assumewhy/pkg/report"
)

// namespace is that of the metrics in CloudWatch.
const namespace = "assumewhy"

// maxValues is how many values of one metric a line may hold (Amazon CloudWatch
// User Guide, "Embedded metric format specification").
const maxValues = 100

// units are the metrics that are no counts.
var units = map[string]string{"Latency": "Milliseconds", "EstateMillis": "Milliseconds", "Own": "Milliseconds"}

// counts are the metrics of every line of a batch, zero or not, in CloudWatch's
// unit Count.
var counts = []string{
	"Events", "Explained", "Undetermined", "HintAgrees", "HintDisagrees", "CollectGaps", "Suppressed",
	"Alerts", "Updates", "Ignored", "Poison", "Failed", "DeliverFailures", "RoutesFailures",
}

// metrics are the counts of one invocation.
type metrics struct {
	sums    map[string]float64
	values  map[string][]float64
	causes  map[cause]float64
	channel map[string]float64 // deliveries that failed
}

type cause struct{ code, certainty string }

func newMetrics() *metrics {
	return &metrics{
		sums: map[string]float64{}, values: map[string][]float64{}, causes: map[cause]float64{}, channel: map[string]float64{},
	}
}

func (m *metrics) add(name string, n float64) { m.sums[name] += n }

func (m *metrics) value(name string, v float64) {
	if len(m.values[name]) < maxValues {
		m.values[name] = append(m.values[name], v)
	}
}

// any says whether there is anything to tell.
func (m *metrics) any() bool { return len(m.sums)+len(m.values) > 0 }

// failed counts a delivery that a channel did not take.
func (m *metrics) failed(channel string) {
	m.add("DeliverFailures", 1)
	m.channel[channel]++
}

// collected are the permissions that reading AWS needs: a gap that names another
// is none of it.
var collected = func() map[string]bool {
	all := map[string]bool{}
	for _, p := range awsapi.Permissions() {
		all[p.Action] = true
	}
	return all
}()

// explained counts what a report says.
func (m *metrics) explained(r *report.Report) {
	m.add("Explained", 1)
	if r.Verdict == "undetermined" {
		m.add("Undetermined", 1)
	}
	switch r.AWSSays.Agrees {
	case "yes":
		m.add("HintAgrees", 1)
	case "no":
		m.add("HintDisagrees", 1)
	}
	for i := range r.Gaps {
		if collected[r.Gaps[i].Permission] {
			m.add("CollectGaps", 1)
		}
	}
	if code, certainty := deliver.Primary(r); code != "" {
		m.causes[cause{code, certainty}]++
	}
}

// write writes a line of all that has no dimension, and one for each cause and
// for each channel that failed, since a line has one value of a dimension.
func (m *metrics) write(out io.Writer, now time.Time) {
	whole := line{}
	for _, name := range counts {
		whole[name] = m.sums[name]
	}
	for name, values := range m.values {
		whole[name] = values
	}
	whole.write(out, now)
	byCode := slices.SortedFunc(maps.Keys(m.causes), func(a, b cause) int {
		return slices.Compare([]string{a.code, a.certainty}, []string{b.code, b.certainty})
	})
	for _, c := range byCode {
		line{"Causes": m.causes[c], "Code": c.code, "Certainty": c.certainty}.write(out, now, "Code", "Certainty")
	}
	for _, name := range slices.Sorted(maps.Keys(m.channel)) {
		line{"DeliverFailures": m.channel[name], "Channel": name}.write(out, now, "Channel")
	}
}

// line is one object of the embedded metric format: metrics and the values of
// its dimensions.
type line map[string]any

// write writes the line with its directive: each of the dimensions makes a set
// of its own; without any, the metrics have none.
func (l line) write(out io.Writer, now time.Time, dimensions ...string) {
	type metric struct {
		Name string
		Unit string
	}
	type directive struct {
		Namespace  string
		Dimensions [][]string
		Metrics    []metric
	}
	d := directive{Namespace: namespace, Dimensions: [][]string{}, Metrics: []metric{}}
	for _, name := range dimensions {
		d.Dimensions = append(d.Dimensions, []string{name})
	}
	if len(dimensions) == 0 {
		d.Dimensions = append(d.Dimensions, []string{})
	}
	for _, name := range slices.Sorted(maps.Keys(l)) {
		if slices.Contains(dimensions, name) {
			continue
		}
		unit := units[name]
		if unit == "" {
			unit = "Count"
		}
		d.Metrics = append(d.Metrics, metric{name, unit})
	}
	whole := maps.Clone(l)
	whole["_aws"] = map[string]any{"Timestamp": now.UnixMilli(), "CloudWatchMetrics": []directive{d}}
	raw, err := json.Marshal(whole)
	if err != nil { // no value of it can fail
		return
	}
	_, _ = out.Write(append(raw, '\n')) // nobody is left to tell
}
