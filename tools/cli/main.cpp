#include <string>
#include <vector>

#include "tools/cli/commands.h"

int main(int argc, char** argv) {
  const std::vector<std::string> args(argv + 1, argv + argc);
  return pome::cli::dispatch(args);
}
