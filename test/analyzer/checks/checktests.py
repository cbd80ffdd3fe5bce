"""A lit format: each program in the folder of a check is a test.

The test of analyzer/checks/lock-leak/good.cpp is called checks/lock-leak/good.
bad*: every line marked `// bug: <id>`, and nothing else, is reported by the
check. good*, limits*: with all checks on, only marked lines are reported; one
that is off unless asked for is asked for as well.
"""
import pathlib
import sys

import lit.formats
import lit.Test
import lit.util

MARKED = pathlib.Path(__file__).parents[1] / "Inputs/marked.py"
COMMON = ["-fsyntax-only", "-Wno-everything"]


class CheckTests(lit.formats.TestFormat):
    def __init__(self, source, build):
        self.root = pathlib.Path(source)
        self.build = pathlib.Path(build)

    def getTestsInDirectory(self, suite, path, lit_config, config):
        for source in sorted(self.root.glob("analyzer/checks/*/*.c*")):
            if source.stem.split("-")[0] in ("bad", "good", "limits"):
                name = (source.parent.name, source.stem)
                yield lit.Test.Test(suite, path + name, config, str(source))

    def execute(self, test, lit_config):
        source = pathlib.Path(test.file_path)
        check = source.parent.name
        language = ["-x", "c"] if source.suffix == ".c" else ["-std=c++20"]
        command = [sys.executable, str(MARKED), str(source), check, "--",
                   "/usr/bin/clang++-19", f"-fplugin={self.build}/lib/heddle.so",
                   "-isystem", f"{self.build}/include", *language, *COMMON]
        alone = [*command, f"-fplugin-arg-heddle-checks={check}"]
        optional = "Tier::Optional" in (source.parent / "Check.cpp").read_text()
        commands = ([alone] if source.stem.startswith("bad") else
                    [command, alone] if optional else [command])
        for each in commands:
            out, err, code = lit.util.executeCommand(
                each, timeout=lit_config.maxIndividualTestTime)
            if code:
                return lit.Test.FAIL, out + err
        return lit.Test.PASS, out + err
