// A doubly linked list whose links live in its elements: no allocation.
//
// Invariants: an element is on at most one list through one pair of links; the
// list does not own its elements.
// Thread safety: none; the owner locks.
#ifndef HEDDLE_BASE_INTRUSIVELIST_H
#define HEDDLE_BASE_INTRUSIVELIST_H

namespace heddle {

template <class T> struct ListLinks {
  T *Next = nullptr;
  T *Prev = nullptr;
};

// Links: the member of T that this list uses.
template <class T, ListLinks<T> T::*Links> class IntrusiveList {
public:
  bool empty() const { return !Head; }
  T *front() const { return Head; }
  static T *next(const T *Element) { return (Element->*Links).Next; }

  void pushBack(T *Element) {
    (Element->*Links) = {nullptr, Tail};
    (Tail ? (Tail->*Links).Next : Head) = Element;
    Tail = Element;
  }
  void remove(T *Element) {
    ListLinks<T> &L = Element->*Links;
    (L.Prev ? (L.Prev->*Links).Next : Head) = L.Next;
    (L.Next ? (L.Next->*Links).Prev : Tail) = L.Prev;
    L = {};
  }
  T *popFront() {
    T *First = Head;
    if (First)
      remove(First);
    return First;
  }

private:
  T *Head = nullptr;
  T *Tail = nullptr;
};

} // namespace heddle
#endif
