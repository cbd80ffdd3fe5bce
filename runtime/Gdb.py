"""What gdb shows of go::, loaded with the library (libheddle_rt.so-gdb.py).

    info goroutines    every goroutine: number, state, where it waits
    goroutine N bt     the calls of a parked goroutine

and printers for channels, Mutex, RWMutex, WaitGroup and Site. All of it reads
memory only, so it works on a core file, too. Where gdb does not load it (see
`info auto-load`), or for a program that is linked with libheddle_go.a:
`source PATH/libheddle_rt.so-gdb.py`.
"""
import re

import gdb
import gdb.printing

ADDRESS_BITS = 47      # see go::Site
SAVED_RBP, SAVED_RIP = 48, 56  # see ContextX86_64.cpp
MOST_FRAMES, MOST_WAITERS, MOST_ELEMENTS = 64, 1000, 200


def atomic(value):
    """What a std::atomic holds."""
    for field in value.type.strip_typedefs().fields():
        if field.is_base_class:
            return atomic(value[field])
        if field.name == "_M_b":      # of pointers
            return value["_M_b"]["_M_p"]
        if field.name in ("_M_i", "_M_base"):
            inner = value[field.name]
            return inner if field.name == "_M_i" else atomic(inner)
    raise gdb.error("this is no std::atomic that the script knows")


def text(pointer):
    return pointer.string() if int(pointer) else ""


def source_site(site):
    """'file.cpp:12' of a heddle::SourceSite, '' for none."""
    name = text(site["File"])
    return f"{name}:{int(site['Line'])}" if name else ""


def packed_site(site):
    """The same of a go::Site."""
    word = int(site["FileAndLine"])
    address = word & ((1 << ADDRESS_BITS) - 1)
    if not address:
        return ""
    char = gdb.lookup_type("char").pointer()
    return f"{gdb.Value(address).cast(char).string()}:{word >> ADDRESS_BITS}"


def waiters(queue):
    """The waiters of a WaitQueue, first to last."""
    at, count = queue["Head"], 0
    while int(at) and count < MOST_WAITERS:
        yield at.dereference()
        at, count = at["Next"], count + 1


def who(waiter):
    goroutine = waiter["Who"]["G"]
    return f"G{int(goroutine['Id'])}" if int(goroutine) else "a thread"


def waiting_text(queue, what):
    names = [who(w) for w in waiters(queue)]
    return f", {what} by {', '.join(names)}" if names else ""


# -- goroutines

def schedulers():
    symbol = gdb.lookup_static_symbol("heddle::sched::Scheduler::Running") or \
        gdb.lookup_global_symbol("heddle::sched::Scheduler::Running")
    value = symbol.value() if symbol else \
        gdb.parse_and_eval("heddle::sched::Scheduler::Running")
    running = atomic(value)
    if int(running):
        yield running.dereference()


def goroutines():
    found = []
    for scheduler in schedulers():
        shards = scheduler["Shards"]
        low, high = shards.type.range()
        for i in range(low, high + 1):
            at = shards[i]["List"]["Head"]
            while int(at):
                found.append(at.dereference())
                at = at["All"]["Next"]
    return sorted(found, key=lambda g: int(g["Id"]))


def workers():
    for scheduler in schedulers():
        for i in range(int(atomic(scheduler["WorkerCount"]))):
            yield scheduler["Workers"][i].dereference()


def running_on():
    """{address of a goroutine: index of its worker}"""
    return {int(w["Current"]): int(w["Index"]) for w in workers()}


def state_of(goroutine, running):
    """('chan receive', 'file.cpp:12')"""
    address = int(goroutine.address)
    if address in running:
        return f"running on worker {running[address]}", ""
    wait = goroutine["Wait"]
    if not int(wait):
        return "runnable", ""
    kind = str(wait["Kind"]).rsplit("::", 1)[-1]
    return kind, source_site(wait["Site"])


def frames_of(goroutine):
    """Return addresses of a parked goroutine, innermost first."""
    word = gdb.lookup_type("unsigned long")
    low, high = int(goroutine["Own"]["Low"]), int(goroutine["Own"]["High"])

    def read(address):
        return int(gdb.Value(address).cast(word.pointer()).dereference())

    sp = int(goroutine["Sp"])
    yield read(sp + SAVED_RIP)
    fp = read(sp + SAVED_RBP)
    for _ in range(MOST_FRAMES):
        if not low <= fp < high - 16 or fp % 8:
            return
        below, pc = read(fp), read(fp + 8)
        if pc < 4096:
            return
        yield pc
        if below <= fp:
            return
        fp = below


# Between the scheduler and the user's function.
FOLDED = re.compile(r" in (std::(__)?(invoke|apply)|go::detail::Closure)")


def frame_text(pc):
    block = gdb.block_for_pc(pc - 1)
    while block and not block.function:
        block = block.superblock
    name = block.function.name if block else "??"
    line = gdb.find_pc_line(pc - 1)
    place = f" at {line.symtab.filename}:{line.line}" if line.symtab else ""
    return f"0x{pc:x} in {name}{place}"


class InfoGoroutines(gdb.Command):
    """Lists the goroutines of go:: with what they wait for."""

    def __init__(self):
        super().__init__("info goroutines", gdb.COMMAND_STATUS)

    def invoke(self, argument, from_tty):
        running = running_on()
        everyone = goroutines()
        for g in everyone:
            state, place = state_of(g, running)
            name = text(g["Name"])
            spawned = source_site(g["SpawnSite"])
            print(f"G{int(g['Id'])}" + (f' "{name}"' if name else "")
                  + f"  {state}" + (f"  {place}" if place else "")
                  + (f"  spawned at {spawned}" if spawned else ""))
        print(f"{len(everyone)} goroutine{'s' * (len(everyone) != 1)}")


class GoroutineCommand(gdb.Command):
    """goroutine N bt: shows the calls of a parked goroutine."""

    def __init__(self):
        super().__init__("goroutine", gdb.COMMAND_STACK)

    def invoke(self, argument, from_tty):
        words = gdb.string_to_argv(argument)
        if len(words) not in (1, 2) or not words[0].isdigit() or \
                words[1:] not in ([], ["bt"]):
            raise gdb.GdbError("usage: goroutine N bt")
        for g in goroutines():
            if int(g["Id"]) != int(words[0]):
                continue
            state, place = state_of(g, running_on())
            print(f"G{words[0]}  {state}  {place}".rstrip())
            if state.startswith("running"):
                print("its thread has its calls: info threads")
                return
            for i, pc in enumerate(frames_of(g)):
                if not FOLDED.search(shown := frame_text(pc)):
                    print(f"#{i}  {shown}")
            return
        raise gdb.GdbError(f"no goroutine {words[0]}; see info goroutines")


# -- printers

class SitePrinter:
    def __init__(self, value):
        self.value = value

    def to_string(self):
        return packed_site(self.value) or "no site"


class ChanPrinter:
    """A handle, and what lies in the channel."""

    def __init__(self, value):
        self.value = value
        core = value["Ref"]["Core"]
        self.core = core.dereference() if int(core) else None

    def to_string(self):
        if self.core is None:
            return "nil channel"
        c = self.core
        made = packed_site(c["MadeAt"])
        return (f"chan of capacity {int(c['Capacity'])}, "
                f"length {int(c['Count'])}"
                + (", closed" if c["Closed"] else "")
                + waiting_text(c["SendQueue"], "sent to")
                + waiting_text(c["RecvQueue"], "received from")
                + (f", made at {made}" if made else ""))

    def children(self):
        """The elements, if they lie in the slots as they are."""
        element = self.value.type.strip_typedefs().template_argument(0)
        if self.core is None or \
                int(self.core["Ops"]["Size"]) != element.sizeof:
            return
        head, capacity = int(self.core["Head"]), int(self.core["Capacity"])
        size, slots = element.sizeof, int(self.core["Slots"])
        for i in range(min(int(self.core["Count"]), MOST_ELEMENTS)):
            at = gdb.Value(slots + (head + i) % capacity * size)
            yield f"[{i}]", at.cast(element.pointer()).dereference()


class MutexPrinter:
    def __init__(self, value):
        self.value = value

    def to_string(self):
        locked = int(atomic(self.value["State"])) & 1
        return (("locked" if locked else "unlocked")
                + waiting_text(self.value["Waiters"], "wanted"))


class RWMutexPrinter:
    def __init__(self, value):
        self.value = value

    def to_string(self):
        readers = int(self.value["Readers"])
        held = "locked to write" if self.value["Writing"] else \
            f"locked to read {readers} times" if readers else "unlocked"
        return held + waiting_text(self.value["Waiters"], "wanted")


class WaitGroupPrinter:
    def __init__(self, value):
        self.value = value

    def to_string(self):
        return (f"counter {int(atomic(self.value['Counter']))}"
                + waiting_text(self.value["Waiters"], "awaited"))


def printers():
    all_of_them = gdb.printing.RegexpCollectionPrettyPrinter("go")
    all_of_them.add_printer("Chan", "^go::(Send|Recv)?Chan<.*>$", ChanPrinter)
    all_of_them.add_printer("Mutex", "^go::Mutex$", MutexPrinter)
    all_of_them.add_printer("RWMutex", "^go::RWMutex$", RWMutexPrinter)
    all_of_them.add_printer("WaitGroup", "^go::WaitGroup$", WaitGroupPrinter)
    all_of_them.add_printer("Site", "^go::Site$", SitePrinter)
    return all_of_them


gdb.printing.register_pretty_printer(gdb.current_objfile(), printers(),
                                     replace=True)
InfoGoroutines()
GoroutineCommand()
