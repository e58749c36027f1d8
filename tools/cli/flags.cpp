#include "tools/cli/flags.h"

#include <algorithm>
#include <iostream>
#include <string>
#include <vector>

#include "tools/cli/exit_codes.h"

namespace pome::cli {
namespace {

const FlagVisitor::Visit* g_visit = nullptr;  // of the living FlagVisitor

}  // namespace

FlagVisitor::FlagVisitor(Visit visit) : visit_(std::move(visit)) { g_visit = &visit_; }
FlagVisitor::~FlagVisitor() { g_visit = nullptr; }

std::optional<int> parse_flags(CLI::App& app, Args args) {
  if (g_visit != nullptr) {
    (*g_visit)(app);
    return kExitPassed;
  }
  app.get_formatter()->label("REQUIRED", "");
  app.get_formatter()->label("TEXT", "");
  std::vector<std::string> reversed(args.rbegin(), args.rend());  // the order CLI11 consumes arguments in
  try {
    app.parse(std::move(reversed));
    return std::nullopt;
  } catch (const CLI::CallForHelp&) {
    std::cout << app.help();
    return kExitPassed;
  } catch (const CLI::ConversionError& error) {
    std::string_view what = error.what();  // "Could not convert: --port = x"; only numbers are converted
    what.remove_prefix(std::min(what.find(": ") + 2, what.size()));
    std::cerr << app.get_name() << ": " << what << " is not a number that fits (add --help for usage)\n";
    return kExitUsage;
  } catch (const CLI::ParseError& error) {
    std::cerr << app.get_name() << ": " << error.what() << " (add --help for usage)\n";
    return kExitUsage;
  }
}

}  // namespace pome::cli
