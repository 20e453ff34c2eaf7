# How our own code is compiled, in every build: C++20 as it is written, warnings on, and no
# freedom for the compiler to change a result (docs/determinism.md).

set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
set(CMAKE_RUNTIME_OUTPUT_DIRECTORY "${PROJECT_BINARY_DIR}/bin")
set(CMAKE_ARCHIVE_OUTPUT_DIRECTORY "${PROJECT_BINARY_DIR}/lib")

if(NOT CMAKE_BUILD_TYPE AND NOT CMAKE_CONFIGURATION_TYPES)
  set(CMAKE_BUILD_TYPE Release CACHE STRING "" FORCE)
endif()

find_program(CLEAVE_CCACHE ccache)
mark_as_advanced(CLEAVE_CCACHE)
if(CLEAVE_CCACHE AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
  set(CMAKE_CXX_COMPILER_LAUNCHER "${CLEAVE_CCACHE}")
endif()

# Warnings and flags are private to our targets: who links Cleave keeps their own.
function(cleave_compile target)
  target_compile_options(${target} PRIVATE
    -Wall -Wextra -Wpedantic -Wconversion -Wshadow
    -ffp-contract=off
    "-ffile-prefix-map=${PROJECT_SOURCE_DIR}/=")
  if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    # False alarms at -O3: inside Boost.Graph's edge iterator (members are initialised by rule), and
    # in `"text" + string` with g++ 12 (overlapping copies of more than 2^63 bytes).
    # Designated initialisers name what differs from the default: the rest is not forgotten.
    target_compile_options(${target} PRIVATE
      -Wno-maybe-uninitialized -Wno-restrict -Wno-missing-field-initializers)
  else()
    # What g++ means by -Wconversion, so that a change is not clean with one compiler only.
    target_compile_options(${target} PRIVATE -Wno-sign-conversion)
  endif()
  if(CMAKE_SYSTEM_PROCESSOR MATCHES "^(x86_64|AMD64)$")
    target_compile_options(${target} PRIVATE $<$<CONFIG:Release>:-march=x86-64-v2>)
  endif()
endfunction()
