// Objects that are used after they went back to their pool.
#include <mutex>

namespace boost {
template <class T> class object_pool {
public:
  T *construct();
  void destroy(T *Object);
  void free(T *Object);
};
} // namespace boost

struct Buffer {
  int Size = 0;
  std::mutex M;
  void clear();
};

void write(boost::object_pool<Buffer> &Pool, std::mutex &M) {
  std::lock_guard Guard(M);
  Buffer *B = Pool.construct();
  B->Size = 1;
  Pool.destroy(B);
  B->Size = 2; // bug: pool-misuse
}

int read(boost::object_pool<Buffer> &Pool, std::mutex &M) {
  std::lock_guard Guard(M);
  Buffer *B = Pool.construct();
  Pool.free(B);
  return B->Size; // bug: pool-misuse
}

void call(boost::object_pool<Buffer> &Pool, std::mutex &M) {
  std::lock_guard Guard(M);
  Buffer *B = Pool.construct();
  Pool.free(B);
  B->clear(); // bug: pool-misuse
}

void twice(boost::object_pool<Buffer> &Pool, std::mutex &M) {
  std::lock_guard Guard(M);
  Buffer *B = Pool.construct();
  Pool.free(B);
  Pool.free(B); // bug: pool-misuse
}
