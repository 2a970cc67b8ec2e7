package deliver

import (
	"context"
	"errors"
	"testing"
	"time"
)

// TestAskedToWait: a channel that asks to wait longer than there is time is not
// asked again, and other channels are told all the same; one that asks for less
// is waited for, between its messages too.
func TestAskedToWait(t *testing.T) {
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
	defer cancel()
	wait := &Failure{What: "it asks to wait", Temporary: true, After: time.Minute}
	busy, free := &fake{errs: []error{nil, wait}}, &fake{}
	var list []Delivery
	for range 20 {
		list = append(list, Delivery{Channel: "busy", Message: message(t), Tries: 4}, Delivery{Channel: "free", Message: message(t)})
	}
	begun := time.Now()
	for n, o := range Send(ctx, list, map[string]Channel{"busy": busy, "free": free}, quick) {
		var f *Failure
		switch {
		case o.Channel == "free" || n == 0:
			if o.Err != nil {
				t.Errorf("%d: %v", n, o.Err)
			}
		case !errors.As(o.Err, &f) || f.After < 50*time.Second || !f.Temporary || f.Channel != "busy" || o.Reason != o.Err.Error():
			t.Errorf("%d: %+v, %q", n, o.Err, o.Reason)
		case n == 4 && o.Tries != 4:
			t.Errorf("what was not tried has %d tries", o.Tries)
		}
	}
	if busy.tries != 2 || free.tries != 20 || time.Since(begun) > 5*time.Second {
		t.Errorf("%d requests of the one, %d of the other in %s", busy.tries, free.tries, time.Since(begun))
	}
	brief := &Failure{What: "it asks to wait", Temporary: true, After: 30 * time.Millisecond}
	c := &fake{errs: []error{brief}}
	begun = time.Now()
	out := Send(ctx, list[:3], map[string]Channel{"busy": c, "free": free}, Patience{Tries: 1, Each: time.Second})
	if out[0].Err == nil || out[2].Err != nil || time.Since(begun) < brief.After {
		t.Errorf("%v, %v in %s", out[0].Err, out[2].Err, time.Since(begun))
	}
}
