# Writes lit's configuration into the build tree. Run the tests with
#   lit <build>/test/lit <build>/test/unit
find_package(Python3 REQUIRED COMPONENTS Interpreter)

set(HeddleLitSuite test/lit.cfg.py)
configure_file(${PROJECT_SOURCE_DIR}/test/lit.site.cfg.py.in
               ${PROJECT_BINARY_DIR}/test/lit/lit.site.cfg.py @ONLY)
set(HeddleLitSuite test/unit/lit.cfg.py)
configure_file(${PROJECT_SOURCE_DIR}/test/lit.site.cfg.py.in
               ${PROJECT_BINARY_DIR}/test/unit/lit.site.cfg.py @ONLY)
