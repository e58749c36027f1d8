#include "tools/cli/flags.h"

#include <iostream>
#include <string>
#include <vector>

#include "tools/cli/exit_codes.h"

namespace pome::cli {

std::optional<int> parse_flags(CLI::App& app, Args args) {
  std::vector<std::string> reversed(args.rbegin(), args.rend());  // the order CLI11 consumes arguments in
  try {
    app.parse(std::move(reversed));
    return std::nullopt;
  } catch (const CLI::CallForHelp&) {
    std::cout << app.help();
    return kExitPassed;
  } catch (const CLI::ParseError& error) {
    std::cerr << app.get_name() << ": " << error.what() << " (add --help for usage)\n";
    return kExitUsage;
  }
}

}  // namespace pome::cli
