package template

import (
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

type widget struct {
	Type                string
	X, Y, Width, Height int
	Properties          struct {
		Title, Region, View, Stat, Markdown string
		Period                              int
		Stacked                             bool
		Metrics                             [][]any
		Alarms                              []string
	}
}

var search = regexp.MustCompile(`^SEARCH\('\{assumewhy,(\w+)\} MetricName="(\w+)"', 'Sum', (\d+)\)$`)

// TestDashboard: the body is what CloudWatch takes, it draws each metric of the
// auditor and none that nobody writes, and no widget lies on another.
func TestDashboard(t *testing.T) {
	s := Make(t, Hub, Everything()...)
	var body struct {
		Start   string
		Widgets []widget
	}
	dec := json.NewDecoder(strings.NewReader(s.Get("Dashboard", "DashboardBody").(string)))
	dec.DisallowUnknownFields()
	if err := dec.Decode(&body); err != nil {
		t.Fatalf("the dashboard is no JSON: %v", err)
	}
	drawn := map[string]bool{}
	for i, w := range body.Widgets {
		if w.Width < 1 || w.Height < 1 || w.X < 0 || w.X+w.Width > 24 {
			t.Errorf("widget %q does not fit", w.Properties.Title)
		}
		for _, o := range body.Widgets[:i] {
			if w.X < o.X+o.Width && o.X < w.X+w.Width && w.Y < o.Y+o.Height && o.Y < w.Y+w.Height {
				t.Errorf("widget %q lies on %q", w.Properties.Title, o.Properties.Title)
			}
		}
		switch w.Type {
		case "metric":
			if w.Properties.Region != "eu-west-1" || len(w.Properties.Metrics) == 0 || w.Properties.Period%60 != 0 || w.Properties.Period == 0 {
				t.Errorf("widget %q: %+v", w.Properties.Title, w.Properties)
			}
			for _, name := range metrics(t, w) {
				drawn[name] = true
			}
		case "alarm":
			checkAlarms(t, s, w.Properties.Alarms)
		case "text":
		default:
			t.Errorf("widget of type %q", w.Type)
		}
	}
	var wanted, got []string
	for name, dimensions := range Metrics {
		for _, d := range dimensions {
			wanted = append(wanted, name+" "+d)
		}
	}
	for name := range drawn {
		got = append(got, name)
	}
	wanted = slices.DeleteFunc(wanted, func(n string) bool { return n == "DeliverFailures " }) // for the alarm; drawn by channel
	slices.Sort(wanted)
	slices.Sort(got)
	if diff := cmp.Diff(wanted, got); diff != "" {
		t.Errorf("metrics written (-) and drawn (+):\n%s", diff)
	}
}

// metrics gives "NAME DIMENSION" of the auditor's metrics in a widget, and checks
// all.
func metrics(t *testing.T, w widget) []string {
	t.Helper()
	var out []string
	var before []any
	for _, m := range w.Properties.Metrics {
		if options, ok := m[len(m)-1].(map[string]any); ok {
			m = m[:len(m)-1]
			if expression, ok := options["expression"].(string); ok {
				found := search.FindStringSubmatch(expression)
				if found == nil || !slices.Contains(Metrics[found[2]], found[1]) || found[3] != fmt.Sprint(w.Properties.Period) {
					t.Errorf("widget %q searches %s", w.Properties.Title, expression)
					continue
				}
				out = append(out, found[2]+" "+found[1])
				continue
			}
		}
		m = whole(m, before)
		before = m
		switch {
		case m[0] == Namespace && len(m) == 2 && slices.Contains(Metrics[fmt.Sprint(m[1])], ""):
			out = append(out, fmt.Sprint(m[1])+" ")
		case m[0] == "AWS/Lambda" && len(m) == 4 && m[2] == "FunctionName" && m[3] == "AuditorFunction":
		case m[0] == "AWS/SQS" && len(m) == 4 && m[2] == "QueueName" && strings.HasSuffix(fmt.Sprint(m[3]), ".QueueName"):
		default:
			t.Errorf("widget %q draws %v, which nobody writes", w.Properties.Title, m)
		}
	}
	return out
}

// whole replaces "." and "..." by what the metric before has there (CloudWatch
// User Guide, "Dashboard body structure and syntax").
func whole(m, before []any) []any {
	var out []any
	for i, part := range m {
		switch {
		case part == "..." && len(before) >= len(m)-i-1:
			out = append(out, before[i:len(before)-(len(m)-i-1)]...)
		case part == "." && i < len(before):
			out = append(out, before[i])
		default:
			out = append(out, part)
		}
	}
	return out
}

func checkAlarms(t *testing.T, s *Stack, arns []string) {
	t.Helper()
	var got []string
	for _, a := range arns {
		got = append(got, strings.TrimPrefix(a, "arn:aws:cloudwatch:eu-west-1:111122223333:alarm:"))
	}
	slices.Sort(got)
	wanted := slices.DeleteFunc(s.Of("AWS::CloudWatch::Alarm"), func(id string) bool { return id == "QuietAlarm" || id == "RoutesFailuresAlarm" }) // which not every stack has
	if diff := cmp.Diff(wanted, got); diff != "" {
		t.Errorf("alarms there (-) and shown (+):\n%s", diff)
	}
}
