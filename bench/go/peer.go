// The same four programs in Go, the peer of bench.cpp.
package main

import (
	"fmt"
	"sync"
	"time"
)

const batches = 300

func report(name string, n int, batch func()) {
	best := 1e18
	for i := 0; i < batches; i++ {
		begin := time.Now()
		batch()
		spent := float64(time.Since(begin).Nanoseconds()) / float64(n)
		if spent < best {
			best = spent
		}
	}
	fmt.Printf("%s %.1f\n", name, best)
}

func pingPong(n int) {
	ping, pong := make(chan int), make(chan int)
	go func() {
		for v := range ping {
			pong <- v
		}
	}()
	report("ping-pong", n, func() {
		for i := 0; i < n; i++ {
			ping <- i
			<-pong
		}
	})
	close(ping)
}

func spawn(n int) {
	var wg sync.WaitGroup
	report("spawn", n, func() {
		for i := 0; i < n; i++ {
			wg.Add(1)
			go func() { wg.Done() }()
		}
		wg.Wait()
	})
}

func selectTwo(n int) {
	a, b, done := make(chan int), make(chan int), make(chan int)
	go func() {
		for {
			select {
			case <-a:
			case <-b:
			case <-done:
				return
			}
		}
	}()
	report("select", n, func() {
		for i := 0; i < n; i++ {
			if i%2 == 0 {
				a <- i
			} else {
				b <- i
			}
		}
	})
	close(done)
}

func mutex(n int) {
	var mu sync.Mutex
	count := 0
	report("mutex", n, func() {
		for i := 0; i < n; i++ {
			mu.Lock()
			count++
			mu.Unlock()
		}
	})
}

func main() {
	pingPong(1000)
	spawn(100)
	selectTwo(1000)
	mutex(10000)
}
