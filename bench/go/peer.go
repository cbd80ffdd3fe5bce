// The same four programs in Go, the peer of bench.cpp.
package main

import (
	"fmt"
	"sync"
	"time"
)

func report(name string, n int, begin time.Time) {
	fmt.Printf("%s %.1f\n", name, float64(time.Since(begin).Nanoseconds())/float64(n))
}

func pingPong(n int) {
	ping, pong := make(chan int), make(chan int)
	go func() {
		for v := range ping {
			pong <- v
		}
	}()
	begin := time.Now()
	for i := 0; i < n; i++ {
		ping <- i
		<-pong
	}
	report("ping-pong", n, begin)
	close(ping)
}

func spawn(n int) {
	var wg sync.WaitGroup
	begin := time.Now()
	for i := 0; i < n; i++ {
		wg.Add(1)
		go func() { wg.Done() }()
		if i%100 == 99 {
			wg.Wait()
		}
	}
	wg.Wait()
	report("spawn", n, begin)
}

func selectTwo(n int) {
	a, b, done := make(chan int), make(chan int), make(chan bool)
	go func() {
		for i := 0; i < n; i++ {
			select {
			case <-a:
			case <-b:
			}
		}
		done <- true
	}()
	begin := time.Now()
	for i := 0; i < n; i++ {
		if i%2 == 0 {
			a <- i
		} else {
			b <- i
		}
	}
	<-done
	report("select-of-two", n, begin)
}

func mutex(n int) {
	var mu sync.Mutex
	count := 0
	begin := time.Now()
	for i := 0; i < n; i++ {
		mu.Lock()
		count++
		mu.Unlock()
	}
	report("mutex", n, begin)
}

func main() {
	pingPong(500000)
	spawn(500000)
	selectTwo(500000)
	mutex(10000000)
}
