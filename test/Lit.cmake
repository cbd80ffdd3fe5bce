# Writes lit's configuration into the build tree. Run the tests with
#   tools/run-tests [PATH...]
# Debian's Python, not another that comes first in PATH: lit needs its psutil.
find_program(HEDDLE_PYTHON python3 PATHS /usr/bin NO_DEFAULT_PATH REQUIRED)

set(HeddleLitSuite test/lit.cfg.py)
configure_file(${PROJECT_SOURCE_DIR}/test/lit.site.cfg.py.in
               ${PROJECT_BINARY_DIR}/test/lit/lit.site.cfg.py @ONLY)
set(HeddleLitSuite test/unit/lit.cfg.py)
configure_file(${PROJECT_SOURCE_DIR}/test/lit.site.cfg.py.in
               ${PROJECT_BINARY_DIR}/test/unit/lit.site.cfg.py @ONLY)
