# Language level, warnings and the switches that every part of the tree shares.
option(HEDDLE_TESTS "Build the unit tests and configure lit" ON)

set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
set(CMAKE_LINK_DEPENDS_NO_SHARED ON)

add_compile_options(-Wall -Wextra -Wno-unused-parameter)
if(NOT CMAKE_CXX_COMPILER_ID STREQUAL "Clang")
  message(FATAL_ERROR "Heddle builds with clang++-19: use a preset, "
                      "as in 'cmake --preset release'")
endif()

# heddle_sources(VAR DIR...): the .cpp files of these folders of the current
# directory. A new file is picked up without an edit of any list.
function(heddle_sources Var)
  set(All)
  foreach(Dir IN LISTS ARGN)
    file(GLOB Found CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/${Dir}/*.cpp)
    list(APPEND All ${Found})
  endforeach()
  set(${Var} ${All} PARENT_SCOPE)
endfunction()

# HEDDLE_SANITIZE: what the presets asan, ubsan and tsan build the unit tests
# with. Not the products: a sanitizer interposes what the detector interposes.
set(HEDDLE_SANITIZE "" CACHE STRING "address, undefined, thread or nothing")
