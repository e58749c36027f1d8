# The only place that names a dependency. Sources come from Debian packages and npm packages; nothing is vendored.

# md4c: compiled from source, the same file for native and wasm, so both parse Markdown alike.
set(POME_MD4C_SHA256 8c7828fa272276ceb58674b009b8a650aeab5cc02d79471fd4cb5710e9fea051)
set(MD4C_SOURCE_DIR "${CMAKE_SOURCE_DIR}/node_modules/react-native-enriched-markdown/cpp/md4c" CACHE PATH "Folder with md4c.c and md4c.h")
if(NOT EXISTS "${MD4C_SOURCE_DIR}/md4c.c")
  if(NOT POME_FETCH_DEPS)
    message(FATAL_ERROR "md4c's source is missing. Run 'npm ci', or configure with -DPOME_FETCH_DEPS=ON or -DMD4C_SOURCE_DIR=<folder>.")
  endif()
  include(FetchContent)
  FetchContent_Declare(md4c_source GIT_REPOSITORY https://github.com/mity/md4c.git GIT_TAG 755ce49)
  FetchContent_GetProperties(md4c_source)
  if(NOT md4c_source_POPULATED)
    FetchContent_Populate(md4c_source)
  endif()
  set(MD4C_SOURCE_DIR "${md4c_source_SOURCE_DIR}/src" CACHE PATH "" FORCE)
endif()
file(SHA256 "${MD4C_SOURCE_DIR}/md4c.c" POME_MD4C_FOUND)
if(NOT POME_MD4C_FOUND STREQUAL POME_MD4C_SHA256)
  message(FATAL_ERROR "${MD4C_SOURCE_DIR}/md4c.c is not the pinned md4c revision. Run 'npm ci' again.")
endif()
add_library(md4c STATIC "${MD4C_SOURCE_DIR}/md4c.c")
target_include_directories(md4c SYSTEM PUBLIC "${MD4C_SOURCE_DIR}")
target_compile_definitions(md4c PRIVATE MD4C_USE_UTF8)
if(POME_FUZZ)
  target_compile_options(md4c PRIVATE -fsanitize=fuzzer-no-link)
endif()

# nlohmann/json: the system package; em++ sees a folder that holds only this one library, never /usr/include.
if(EMSCRIPTEN)
  find_path(POME_NLOHMANN_ROOT nlohmann/json.hpp PATHS /usr/include /usr/local/include /opt/homebrew/include
            NO_DEFAULT_PATH NO_CMAKE_FIND_ROOT_PATH REQUIRED)
  file(MAKE_DIRECTORY "${CMAKE_BINARY_DIR}/deps/include")
  file(CREATE_LINK "${POME_NLOHMANN_ROOT}/nlohmann" "${CMAKE_BINARY_DIR}/deps/include/nlohmann" SYMBOLIC)
  add_library(pome_nlohmann INTERFACE)
  target_include_directories(pome_nlohmann SYSTEM INTERFACE "${CMAKE_BINARY_DIR}/deps/include")
else()
  find_package(nlohmann_json 3.11 REQUIRED)
  add_library(pome_nlohmann INTERFACE)
  target_link_libraries(pome_nlohmann INTERFACE nlohmann_json::nlohmann_json)
endif()

if(POME_TESTS)
  set(POME_GTEST_SOURCE_DIR /usr/src/googletest CACHE PATH "GoogleTest sources (Debian package googletest)")
  set(INSTALL_GTEST OFF CACHE BOOL "" FORCE)
  if(EMSCRIPTEN)
    set(gtest_disable_pthreads ON CACHE BOOL "" FORCE)
  endif()
  add_subdirectory("${POME_GTEST_SOURCE_DIR}" "${CMAKE_BINARY_DIR}/gtest" EXCLUDE_FROM_ALL)
endif()

if(NOT EMSCRIPTEN AND POME_TOOLS)
  find_package(Threads REQUIRED)
  find_package(Boost 1.74 REQUIRED)        # Beast: the HTTP server
  find_package(CURL REQUIRED)              # the HTTP client
  find_package(SQLite3 REQUIRED)           # the control plane's rows
  find_path(POME_CLI11_ROOT CLI/CLI.hpp REQUIRED)
endif()
