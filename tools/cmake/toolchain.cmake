# Settings every target shares: language level, exception mode, reproducible floating point, compiler cache.
set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
if(NOT EMSCRIPTEN)
  set(CMAKE_POSITION_INDEPENDENT_CODE ON)
endif()

find_program(POME_CCACHE ccache)
if(POME_CCACHE)
  set(CMAKE_C_COMPILER_LAUNCHER "${CMAKE_COMMAND}" -E env CCACHE_SLOPPINESS=pch_defines,time_macros "${POME_CCACHE}")
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CMAKE_C_COMPILER_LAUNCHER})
endif()

# Fused multiply-add would change results between machines.
add_compile_options(-ffp-contract=off)

if(EMSCRIPTEN)
  # One exception mode for all objects. Code that decides how long a verdict takes is compiled for speed; the rest (a
  # twin's answer is a message away from the page anyway) for size. Inlining stays on in both: without it, this
  # compiler's small code is three times slower and, before linking, larger.
  add_compile_options(-O2 -fwasm-exceptions)
  add_link_options(-Oz -fwasm-exceptions)
  set(POME_SMALL_CODE -Oz -finline-functions)
  # Node must read the generated .js as CommonJS although the project's package.json says "module".
  file(WRITE "${CMAKE_BINARY_DIR}/package.json" "{\"type\":\"commonjs\"}\n")
  # Debian keeps acorn outside a non-Debian Node's search path.
  if(EXISTS /usr/share/nodejs/acorn)
    set_property(GLOBAL PROPERTY RULE_LAUNCH_LINK "${CMAKE_COMMAND} -E env NODE_PATH=/usr/share/nodejs")
  endif()
endif()
