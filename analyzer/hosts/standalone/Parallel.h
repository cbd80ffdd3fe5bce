// The same work in several threads.
#ifndef HEDDLE_HOSTS_STANDALONE_PARALLEL_H
#define HEDDLE_HOSTS_STANDALONE_PARALLEL_H

#include <thread>
#include <vector>

namespace heddle {

// Blocks: until each of `Jobs` threads, this one among them, has returned from
// `Do`, which takes what is next from a list that they share.
template <class Work> void inParallel(size_t Jobs, Work Do) {
  std::vector<std::thread> Threads;
  for (size_t I = 1; I < Jobs; ++I)
    Threads.emplace_back(Do);
  Do();
  for (std::thread &T : Threads)
    T.join();
}

} // namespace heddle

#endif
