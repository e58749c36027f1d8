# pome_warnings: an interface target every first-party target links.
add_library(pome_warnings INTERFACE)
target_compile_options(pome_warnings INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion -Wold-style-cast -Wnon-virtual-dtor -Woverloaded-virtual
  $<$<BOOL:${POME_WERROR}>:-Werror>)
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  # Known false positives of g++ 12 at -O2 and above, inside std::string and std::variant.
  target_compile_options(pome_warnings INTERFACE -Wno-restrict -Wno-maybe-uninitialized)
endif()
