# Runs every GoogleTest executable named *Tests under <build>/test/unit in lit.
import os

import lit.formats

config.name = "heddle-unit"
config.test_format = lit.formats.GoogleTest(".", "Tests")
config.test_source_root = os.path.join(config.heddle_build, "test", "unit")
config.test_exec_root = config.test_source_root
config.environment["LC_ALL"] = "C.UTF-8"
