// Objects that go back last.
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
  Buffer *Next = nullptr;
};

void last(boost::object_pool<Buffer> &Pool, std::mutex &M) {
  std::lock_guard Guard(M);
  Buffer *B = Pool.construct();
  B->Size = 2;
  Pool.destroy(B);
}

void oneWay(boost::object_pool<Buffer> &Pool, std::mutex &M, bool Keep) {
  std::lock_guard Guard(M);
  Buffer *B = Pool.construct();
  if (!Keep) {
    Pool.destroy(B);
    return;
  }
  B->Size = 2;
}

void newOne(boost::object_pool<Buffer> &Pool, std::mutex &M) {
  std::lock_guard Guard(M);
  Buffer *B = Pool.construct();
  Pool.destroy(B);
  B = Pool.construct();
  B->Size = 1;
}

void rounds(boost::object_pool<Buffer> &Pool, std::mutex &M) {
  std::lock_guard Guard(M);
  for (int I = 0; I < 3; ++I) {
    Buffer *B = Pool.construct();
    B->Size = I;
    Pool.destroy(B);
  }
}

void list(boost::object_pool<Buffer> &Pool, std::mutex &M, Buffer *Head) {
  std::lock_guard Guard(M);
  while (Head) {
    Buffer *Next = Head->Next;
    Pool.destroy(Head);
    Head = Next;
  }
}
