# Finds any installed Emscripten (3.1.6 or newer) and uses its own toolchain file.
execute_process(COMMAND em-config EMSCRIPTEN_ROOT OUTPUT_VARIABLE POME_EMSCRIPTEN_ROOT OUTPUT_STRIP_TRAILING_WHITESPACE RESULT_VARIABLE POME_EM_FAILED)
if(POME_EM_FAILED)
  message(FATAL_ERROR "Emscripten is not installed (Debian package: emscripten).")
endif()
# Node 20 refuses the flags that older Emscripten toolchain files pass to it.
set(CMAKE_CROSSCOMPILING_EMULATOR node CACHE STRING "")
include("${POME_EMSCRIPTEN_ROOT}/cmake/Modules/Platform/Emscripten.cmake")
set(CMAKE_CROSSCOMPILING_EMULATOR node CACHE STRING "" FORCE)
