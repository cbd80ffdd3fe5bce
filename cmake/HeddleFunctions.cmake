# What a project that uses Heddle calls: heddle_instrument(), heddle_check(),
# heddle_add_test(). Included by find_package(Heddle).

# heddle_instrument(TARGET): compiles and links TARGET with Heddle: findings of
# the analyzer at compile time, and the detector inside the program.
# Requires: the compiler is clang 19, because the plugin fits no other.
function(heddle_instrument Target)
  foreach(Language C CXX)
    if(CMAKE_${Language}_COMPILER_LOADED AND NOT (
       CMAKE_${Language}_COMPILER_ID STREQUAL "Clang" AND
       CMAKE_${Language}_COMPILER_VERSION MATCHES "^19\\.1"))
      message(FATAL_ERROR
        "heddle_instrument(${Target}): ${CMAKE_${Language}_COMPILER} is not "
        "clang 19.1; configure with -DCMAKE_C_COMPILER=clang-19 "
        "-DCMAKE_CXX_COMPILER=clang++-19")
    endif()
  endforeach()
  target_compile_options(${Target} PRIVATE --config=${HEDDLE_CONFIG_FILE})
  get_target_property(Type ${Target} TYPE)
  if(NOT Type MATCHES "^(STATIC|OBJECT|INTERFACE)_LIBRARY$")
    target_link_options(${Target} PRIVATE --config=${HEDDLE_CONFIG_FILE})
  endif()
endfunction()

# heddle_check(TARGET [ARGS...]): adds the target heddle-check-TARGET, which
# runs `heddle check` over TARGET's sources and fails if it finds anything.
function(heddle_check Target)
  set_target_properties(${Target} PROPERTIES EXPORT_COMPILE_COMMANDS ON)
  get_target_property(Sources ${Target} SOURCES)
  get_target_property(Folder ${Target} SOURCE_DIR)
  set(Files)
  foreach(Source IN LISTS Sources)
    if(Source MATCHES "\\.(c|cc|cpp|cxx)$")
      cmake_path(ABSOLUTE_PATH Source BASE_DIRECTORY ${Folder})
      list(APPEND Files ${Source})
    endif()
  endforeach()
  add_custom_target(heddle-check-${Target}
    COMMAND ${HEDDLE_EXECUTABLE} check -p ${CMAKE_BINARY_DIR}
            --out ${CMAKE_BINARY_DIR}/heddle-out/check-${Target}
            ${ARGN} ${Files}
    WORKING_DIRECTORY ${CMAKE_SOURCE_DIR}
    COMMENT "Checking ${Target} with Heddle"
    VERBATIM)
endfunction()

# heddle_add_test(NAME COMMAND CMD [ARGS...] [RUNS N] [TIMEOUT TIME]): a test
# that runs CMD, a target or a program, under `heddle run`. It fails on any
# finding; each test has its own result.json.
function(heddle_add_test Name)
  cmake_parse_arguments(PARSE_ARGV 1 Test "" "RUNS;TIMEOUT" "COMMAND")
  list(POP_FRONT Test_COMMAND Program)
  if(TARGET ${Program})
    set(Program $<TARGET_FILE:${Program}>)
  endif()
  set(Options --out ${CMAKE_BINARY_DIR}/heddle-out/${Name})
  if(Test_RUNS)
    list(APPEND Options --runs ${Test_RUNS})
  endif()
  if(Test_TIMEOUT)
    list(APPEND Options --timeout ${Test_TIMEOUT})
  endif()
  add_test(NAME ${Name} COMMAND ${HEDDLE_EXECUTABLE} run ${Options} --
           ${Program} ${Test_COMMAND})
endfunction()
