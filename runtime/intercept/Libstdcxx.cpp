// The links of libstdc++'s trees and lists, which its library changes in code
// that nobody instruments.
//
// An insertion into a tree, or a removal, is a write of the tree's header as a
// whole: the standard calls every access to the container beside it a race,
// whichever of the header's words it changes. Elements are not touched by it,
// so what the program does with them stays its own affair.
#include "intercept/Interceptor.h"
#include "platform/Modules.h"

using namespace heddle;

namespace {

// As std::_Rb_tree_node_base and std::__detail::_List_node_base.
struct TreeNode {
  int Color;
  TreeNode *Parent, *Left, *Right;
};
struct ListNode {
  ListNode *Next, *Previous;
};

constinit Real<void(bool, TreeNode *, TreeNode *, TreeNode *)> RealInsert(
    "_ZSt29_Rb_tree_insert_and_rebalancebPSt18_Rb_tree_node_baseS0_RS_");
constinit Real<TreeNode *(TreeNode *, TreeNode *)>
    RealErase("_ZSt28_Rb_tree_rebalance_for_erasePSt18_Rb_tree_node_baseRS_");
constinit Real<TreeNode *(TreeNode *)>
    RealIncrement("_ZSt18_Rb_tree_incrementPSt18_Rb_tree_node_base");
constinit Real<const TreeNode *(const TreeNode *)>
    RealIncrementConst("_ZSt18_Rb_tree_incrementPKSt18_Rb_tree_node_base");
constinit Real<TreeNode *(TreeNode *)>
    RealDecrement("_ZSt18_Rb_tree_decrementPSt18_Rb_tree_node_base");
constinit Real<const TreeNode *(const TreeNode *)>
    RealDecrementConst("_ZSt18_Rb_tree_decrementPKSt18_Rb_tree_node_base");
constinit Real<void(ListNode *, ListNode *)>
    RealHook("_ZNSt8__detail15_List_node_base7_M_hookEPS0_");
constinit Real<void(ListNode *)>
    RealUnhook("_ZNSt8__detail15_List_node_base9_M_unhookEv");
constinit Real<void(ListNode *, ListNode *, ListNode *)>
    RealTransfer("_ZNSt8__detail15_List_node_base11_M_transferEPS0_S1_");

// Libraries of the system are not instrumented: what orders their containers
// may be out of sight. Asked once for each place that calls.
bool isWatchedCaller(uintptr_t Pc) {
  struct Known {
    uintptr_t Pc;
    bool Watched;
  };
  static thread_local Known Cache[256];
  Known &K = Cache[(Pc ^ Pc >> 8) % 256];
  if (K.Pc != Pc) {
    InRuntime Inside;
    K = {Pc, !isSystemLibrary(Pc)};
  }
  return K.Watched;
}

bool watchingCaller(uintptr_t Pc) { return watching() && isWatchedCaller(Pc); }

template <class T> void writes(Strand &S, T &Object, uintptr_t Pc) {
  access(S, &Object, sizeof(T), true, Pc);
}

// A step to the neighbour on Side reads that link, and the one up if there is
// none.
void steps(const TreeNode *From, TreeNode *const &Side, uintptr_t Pc) {
  if (!watchingCaller(Pc))
    return;
  Strand &S = currentStrand();
  access(S, &Side, sizeof(Side), false, Pc);
  if (!Side)
    access(S, &From->Parent, sizeof(From->Parent), false, Pc);
}

} // namespace

HEDDLE_EXPORT void heddleTreeInsert(
    bool, TreeNode *, TreeNode *,
    TreeNode *) asm("_ZSt29_Rb_tree_insert_and_rebalancebPSt18_Rb_tree_node_"
                    "baseS0_RS_");
HEDDLE_EXPORT void heddleTreeInsert(bool Left, TreeNode *New, TreeNode *Parent,
                                    TreeNode *Header) {
  if (watchingCaller(HEDDLE_CALLER)) {
    Strand &S = currentStrand();
    writes(S, *New, HEDDLE_CALLER);
    writes(S, Left ? Parent->Left : Parent->Right, HEDDLE_CALLER);
    writes(S, *Header, HEDDLE_CALLER);
  }
  RealInsert(Left, New, Parent, Header);
}

HEDDLE_EXPORT TreeNode *heddleTreeErase(TreeNode *, TreeNode *) asm(
    "_ZSt28_Rb_tree_rebalance_for_erasePSt18_Rb_tree_node_"
    "baseRS_");
HEDDLE_EXPORT TreeNode *heddleTreeErase(TreeNode *Old, TreeNode *Header) {
  if (watchingCaller(HEDDLE_CALLER)) {
    Strand &S = currentStrand();
    writes(S, *Old, HEDDLE_CALLER);
    writes(S, *Header, HEDDLE_CALLER);
  }
  return RealErase(Old, Header);
}

HEDDLE_EXPORT TreeNode *heddleTreeIncrement(TreeNode *) asm(
    "_ZSt18_Rb_tree_incrementPSt18_Rb_tree_node_base");
HEDDLE_EXPORT TreeNode *heddleTreeIncrement(TreeNode *From) {
  steps(From, From->Right, HEDDLE_CALLER);
  return RealIncrement(From);
}

HEDDLE_EXPORT const TreeNode *heddleTreeIncrementConst(const TreeNode *) asm(
    "_ZSt18_Rb_tree_incrementPKSt18_Rb_tree_node_base");
HEDDLE_EXPORT const TreeNode *heddleTreeIncrementConst(const TreeNode *From) {
  steps(From, From->Right, HEDDLE_CALLER);
  return RealIncrementConst(From);
}

HEDDLE_EXPORT TreeNode *heddleTreeDecrement(TreeNode *) asm(
    "_ZSt18_Rb_tree_decrementPSt18_Rb_tree_node_base");
HEDDLE_EXPORT TreeNode *heddleTreeDecrement(TreeNode *From) {
  steps(From, From->Left, HEDDLE_CALLER);
  return RealDecrement(From);
}

HEDDLE_EXPORT const TreeNode *heddleTreeDecrementConst(const TreeNode *) asm(
    "_ZSt18_Rb_tree_decrementPKSt18_Rb_tree_node_base");
HEDDLE_EXPORT const TreeNode *heddleTreeDecrementConst(const TreeNode *From) {
  steps(From, From->Left, HEDDLE_CALLER);
  return RealDecrementConst(From);
}

HEDDLE_EXPORT void
heddleListHook(ListNode *,
               ListNode *) asm("_ZNSt8__detail15_List_node_base7_M_hookEPS0_");
HEDDLE_EXPORT void heddleListHook(ListNode *New, ListNode *Before) {
  if (watchingCaller(HEDDLE_CALLER)) {
    Strand &S = currentStrand();
    writes(S, *New, HEDDLE_CALLER);
    writes(S, Before->Previous, HEDDLE_CALLER);
    writes(S, Before->Previous->Next, HEDDLE_CALLER);
  }
  RealHook(New, Before);
}

HEDDLE_EXPORT void
heddleListUnhook(ListNode *) asm("_ZNSt8__detail15_List_node_base9_M_unhookEv");
HEDDLE_EXPORT void heddleListUnhook(ListNode *Old) {
  if (watchingCaller(HEDDLE_CALLER)) {
    Strand &S = currentStrand();
    access(S, Old, sizeof(*Old), false, HEDDLE_CALLER);
    writes(S, Old->Next->Previous, HEDDLE_CALLER);
    writes(S, Old->Previous->Next, HEDDLE_CALLER);
  }
  RealUnhook(Old);
}

HEDDLE_EXPORT void heddleListTransfer(ListNode *, ListNode *, ListNode *) asm(
    "_ZNSt8__detail15_List_node_base11_M_transferEPS0_S1_");
HEDDLE_EXPORT void heddleListTransfer(ListNode *Before, ListNode *First,
                                      ListNode *Last) {
  if (watchingCaller(HEDDLE_CALLER) && Before != Last) {
    Strand &S = currentStrand();
    for (ListNode *N : {Before, First, Last}) {
      writes(S, N->Previous->Next, HEDDLE_CALLER);
      writes(S, N->Previous, HEDDLE_CALLER);
    }
  }
  RealTransfer(Before, First, Last);
}
