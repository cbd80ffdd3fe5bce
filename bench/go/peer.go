// The same programs in Go, the peer of bench.cpp.
package main

import (
	"context"
	"fmt"
	"os"
	"sync"
	"sync/atomic"
	"time"
)

const batches = 300
const parkedCount = 8000

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

func reportMean(name string, n int, batch func(), batches int) {
	begin := time.Now()
	for i := 0; i < batches; i++ {
		batch()
	}
	spent := float64(time.Since(begin).Nanoseconds())
	fmt.Printf("%s %.1f\n", name, spent/float64(n*batches))
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

func buffered(n int) {
	c, done := make(chan int, 100), make(chan int)
	go func() {
		for v := range c {
			if v == n-1 {
				done <- v
			}
		}
	}()
	report("buffered", n, func() {
		for i := 0; i < n; i++ {
			c <- i
		}
		<-done
	})
	close(c)
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

func contended(n int) {
	const parties = 4
	var mu sync.Mutex
	count := 0
	reportMean("contended", n*parties, func() {
		var wg sync.WaitGroup
		wg.Add(parties)
		for p := 0; p < parties; p++ {
			go func() {
				for i := 0; i < n; i++ {
					mu.Lock()
					count++
					mu.Unlock()
				}
				wg.Done()
			}()
		}
		wg.Wait()
	}, 20)
}

func timer(n int) {
	report("timer", n, func() {
		for i := 0; i < n; i++ {
			t := time.NewTimer(time.Hour)
			t.Stop()
		}
	})
}

func contexts(n int) {
	report("context", n, func() {
		for i := 0; i < n; i++ {
			_, cancel := context.WithCancel(context.Background())
			cancel()
		}
	})
}

func residentBytes() float64 {
	data, _ := os.ReadFile("/proc/self/statm")
	var size, resident float64
	fmt.Sscan(string(data), &size, &resident)
	return resident * float64(os.Getpagesize())
}

func parked(n int) {
	c := make(chan int)
	var started int32
	before := residentBytes()
	for i := 0; i < n; i++ {
		go func() {
			atomic.AddInt32(&started, 1)
			<-c
		}()
	}
	for int(atomic.LoadInt32(&started)) < n {
		time.Sleep(time.Millisecond)
	}
	time.Sleep(20 * time.Millisecond)
	fmt.Printf("bytes-parked %.1f\n", (residentBytes()-before)/float64(n))
	close(c)
}

func main() {
	if len(os.Args) > 1 {
		parked(parkedCount)
		return
	}
	pingPong(1000)
	buffered(1000)
	selectTwo(1000)
	spawn(100)
	mutex(10000)
	contended(100000)
	timer(1000)
	contexts(1000)
}
