"""A lit format: each source below examples/ is a test, run by examples/run.py.

The test of examples/ab-ba/mended.cpp is called examples/mended-ab-ba.
"""
import pathlib
import sys

import lit.formats
import lit.Test
import lit.util


class ExampleTests(lit.formats.TestFormat):
    def __init__(self, source, build):
        self.examples = pathlib.Path(source) / "examples"
        self.build = build

    def getTestsInDirectory(self, suite, path, lit_config, config):
        for source in sorted(self.examples.glob("*/*.cpp")):
            name = f"{source.stem}-{source.parent.name}"
            yield lit.Test.Test(suite, path + (name,), config, str(source))

    def execute(self, test, lit_config):
        source = pathlib.Path(test.file_path)
        command = [sys.executable, str(self.examples / "run.py"), "--build",
                   self.build, "-j1", f"{source.parent.name}/{source.stem}"]
        out, err, code = lit.util.executeCommand(
            command, timeout=lit_config.maxIndividualTestTime)
        return lit.Test.FAIL if code else lit.Test.PASS, out + err
