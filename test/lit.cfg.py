# Configures lit for every test but the unit tests: substitutions and features.
#
# A test's first lines say how it is run (`// RUN:`, or `# RUN:` in a .test
# file). What they may use, apart from lit's own %s, %t and %S:
#   %clangxx       clang++-19, nothing of Heddle
#   %clang         clang-19, nothing of Heddle
#   %heddle-cxx    clang++-19 --config=heddle.cfg: analyzer, pass and runtime
#   %heddle-cc     the same for C
#   %tsan-cxx      clang++-19 --config=heddle-tsan.cfg: ThreadSanitizer's pass
#   %gxx-tsan      g++ -fsanitize=thread, to compile; %gxx-link: to link that
#   %clang_heddle  clang++-19 with the front-end plugin alone: analyzer only
#   %heddle        the driver
#   %exits N CMD   runs CMD, both streams in one; passes if it ends with code N
#   %opt_heddle    opt-19 with the pass loaded
#   %cases %s %t   runs each case of a program and compares; see test/cases
#   %build %lib %include %src    folders: the build's, its lib/ and include/,
#                                and the checkout's
#   %scale         how large the stress tests are: 1, or $HEDDLE_STRESS
#   FileCheck, not, count, opt, llvm-readelf ...   from LLVM 19
# Features to REQUIRE: clang-14, gcc, tbb, boost-fiber, boost-context, absl, go,
# gdb, avx512, lld; set-uid: the tests may make programs that run as nobody.
import os
import pathlib
import shutil

import lit.formats

config.name = "heddle"
config.test_format = lit.formats.ShTest(execute_external=False)
config.suffixes = [".cpp", ".c", ".ll", ".test"]
config.excludes = ["Inputs", "__pycache__", "unit", "CMakeLists.txt", "lit.cfg.py"]
config.test_source_root = os.path.dirname(__file__)
config.test_exec_root = os.path.join(config.heddle_build, "test")

if lit_config.maxIndividualTestTime == 0:
    try:
        import psutil  # noqa: F401  what lit needs to end a test's children

        lit_config.maxIndividualTestTime = 120
    except ImportError:
        lit_config.note("python3-psutil is missing: tests run without time-out")

llvm = config.llvm_bin
lib = os.path.join(config.heddle_build, "lib")
include = os.path.join(config.heddle_build, "include")
clangxx = os.path.join(llvm, "clang++")
clang = os.path.join(llvm, "clang")

# Repetitions build each program once.
reuse = (f"{config.python} {config.heddle_source}/test/reuse "
         if os.environ.get("HEDDLE_REUSE") else "")
for name, value in [
    (r"%clangxx\b", clangxx),
    (r"%clang_heddle\b", f"{clangxx} -fplugin={lib}/heddle.so -isystem {include}"),
    (r"%clang\b", clang),
    (r"%heddle-cxx\b", f"{reuse}{clangxx} --config={lib}/heddle.cfg"),
    (r"%heddle-cc\b", f"{reuse}{clang} --config={lib}/heddle.cfg"),
    (r"%tsan-cxx\b", f"{reuse}{clangxx} --config={lib}/heddle-tsan.cfg"),
    (r"%gxx-tsan\b", "g++ -fsanitize=thread -g"),
    (r"%gxx-link\b", f"g++ -pthread -L{lib} -Wl,-rpath,{lib},--no-as-needed"
                     " -lheddle_rt -Wl,--as-needed"),
    (r"%heddle\b(?!-)", os.path.join(config.heddle_build, "bin", "heddle")),
    (r"%opt_heddle\b", f"{llvm}/opt -load-pass-plugin={lib}/heddle-pass.so"),
    (r"%build\b", config.heddle_build),
    (r"%lib\b", lib),
    (r"%include\b", include),
    (r"%src\b", config.heddle_source),
    (r"%python\b", config.python),
    (r"%scale\b", os.environ.get("HEDDLE_STRESS", "1")),
    (r"%cases\b", f"{config.python} {config.heddle_source}/test/cases"),
    (r"%exits\b", f"{config.python} {config.heddle_source}/test/exits"),
]:
    config.substitutions.append((name, value))

# LLVM's own tools first, so that tests say `FileCheck`, not `FileCheck-19`.
config.environment["PATH"] = os.pathsep.join([llvm, os.environ.get("PATH", "")])
# A test sees no options, colours or compiler settings of whoever runs it.
for name in ["HEDDLE", "CLICOLOR_FORCE", "CXX", "CC", "CXXFLAGS", "CFLAGS"]:
    config.environment.pop(name, None)
config.environment["NO_COLOR"] = "1"
config.environment["LC_ALL"] = "C.UTF-8"



def open_to_all(path):
    """True if every user may enter the folder."""
    folders = [path]
    while os.path.dirname(folders[-1]) != folders[-1]:
        folders.append(os.path.dirname(folders[-1]))
    return all(os.stat(f).st_mode & 0o001 for f in folders)


for feature, present in {
    "set-uid": os.getuid() == 0 and open_to_all(config.heddle_build),
    "clang-14": shutil.which("clang++-14"),
    "gcc": shutil.which("g++"),
    "go": shutil.which("go"),
    "gdb": shutil.which("gdb"),
    "avx512": "avx512vl" in pathlib.Path("/proc/cpuinfo").read_text(),
    "tbb": os.path.exists("/usr/include/tbb/version.h"),
    "boost-fiber": os.path.exists("/usr/include/boost/fiber/all.hpp"),
    "boost-context": os.path.exists("/usr/include/boost/context/fiber.hpp"),
    "absl": os.path.exists("/usr/include/absl/synchronization/mutex.h"),
    "lld": shutil.which("ld.lld"),
}.items():
    if present:
        config.available_features.add(feature)
