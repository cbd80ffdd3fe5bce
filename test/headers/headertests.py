"""A lit format: the example at the top of each header of go:: is a test.

The example is what stands three blanks further in than the header's first
comment. It is built as a program of its own, with the literals of std::chrono
and without a detector, and run: it ends with 0 and prints, in order, a line for each `// prints TEXT` in it. The
test of runtime/include/go/Chan.h is called headers/Chan.
"""
import pathlib
import re

import lit.formats
import lit.Test
import lit.util

PRINTS = re.compile(r"// prints (.*)$", re.M)


def example_of(header):
    """The program at the top of a header; "" if there is none."""
    lines = []
    for line in header.read_text().splitlines():
        if not line.startswith("//"):
            break
        if line.startswith("//   "):
            lines.append(line[5:])
        elif line == "//":
            lines.append("")
    return "\n".join(lines).strip() + "\n"


class HeaderTests(lit.formats.TestFormat):
    def __init__(self, source, build, compiler):
        self.headers = pathlib.Path(source) / "runtime" / "include"
        self.build = pathlib.Path(build)
        self.compiler = compiler

    def getTestsInDirectory(self, suite, path, lit_config, config):
        for header in sorted((self.headers / "go").glob("*.h")):
            if header.stem != "go":  # includes all others
                yield lit.Test.Test(suite, path + (header.stem,), config,
                                    str(header))

    def execute(self, test, lit_config):
        header = pathlib.Path(test.file_path)
        program = example_of(header)
        if "int main" not in program:
            return lit.Test.FAIL, f"{header.name} opens with no program"
        folder = self.build / "test" / "headers"
        folder.mkdir(parents=True, exist_ok=True)
        source = folder / (header.stem + ".cpp")
        source.write_text("#include <chrono>\n"
                          "using namespace std::chrono_literals;\n" + program)
        binary = str(source.with_suffix(""))
        command = [self.compiler, "-std=c++17", "-Wall", "-Werror",
                   f"-I{self.headers}", str(source),
                   str(self.build / "lib" / "libheddle_go.a"), "-pthread",
                   "-ldl", "-o", binary]
        for step in (command, [binary]):
            out, err, code = lit.util.executeCommand(
                step, timeout=lit_config.maxIndividualTestTime)
            if code:
                return lit.Test.FAIL, f"{step[0]} ended with {code}\n{out}{err}"
        wanted = [line.strip() for line in PRINTS.findall(program)]
        printed = [line for line in out.splitlines() if line.strip() in wanted]
        if [line.strip() for line in printed] != wanted:
            return lit.Test.FAIL, f"wanted {wanted}, printed:\n{out}"
        return lit.Test.PASS, out
