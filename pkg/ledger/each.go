package ledger

import "sync"

// each calls f for 0 to n-1, at most parallel at a time, and waits for all.
func each(n int, f func(int)) {
	if n == 1 {
		f(0)
		return
	}
	var all sync.WaitGroup
	next := make(chan int)
	for range min(n, parallel) {
		all.Go(func() {
			for i := range next {
				f(i)
			}
		})
	}
	for i := range n {
		next <- i
	}
	close(next)
	all.Wait()
}
