package estate

import (
	"sync"
	"sync/atomic"
)

// lazy is a value made on first use, once.
type lazy[T any] struct {
	once sync.Once
	done atomic.Bool
	v    T
}

// get makes the value if nobody has yet; fresh must always give the same.
func (l *lazy[T]) get(fresh func() T) T {
	l.once.Do(func() {
		l.v = fresh()
		l.done.Store(true)
	})
	return l.v
}

// made gives the value only if it was made already.
func (l *lazy[T]) made() (v T, ok bool) {
	if l == nil || !l.done.Load() {
		return v, false
	}
	return l.v, true
}
