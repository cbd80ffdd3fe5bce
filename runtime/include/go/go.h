// All of go::, Go's concurrency vocabulary for C++17.
//
// Names and semantics are Go's (https://go.dev/ref/spec, /ref/mem); what
// differs is said at each header. Link with libheddle_go.a, or with
// libheddle_rt.so to have every goroutine watched.
#ifndef GO_GO_H
#define GO_GO_H

#include "go/AtomicValue.h"
#include "go/Blocking.h"
#include "go/Chan.h"
#include "go/CheckedMap.h"
#include "go/Cond.h"
#include "go/Context.h"
#include "go/Error.h"
#include "go/Group.h"
#include "go/Main.h"
#include "go/Map.h"
#include "go/Mutex.h"
#include "go/Net.h"
#include "go/Once.h"
#include "go/OnceValue.h"
#include "go/Panic.h"
#include "go/Pool.h"
#include "go/RWMutex.h"
#include "go/Select.h"
#include "go/Semaphore.h"
#include "go/SingleFlight.h"
#include "go/Spawn.h"
#include "go/Time.h"
#include "go/WaitGroup.h"

#endif
