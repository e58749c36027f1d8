#include "tools/cli/cmd_seed.h"

#include <iostream>
#include <string>

#include "core/base/text.h"
#include "tools/cli/context.h"
#include "tools/cli/exit_codes.h"
#include "tools/cli/flags.h"
#include "tools/cli/git_seed.h"
#include "tools/cli/seed_schema.h"
#include "tools/cli/twin_boot.h"
#include "tools/system/files.h"

namespace pome::cli {
namespace {

/// The last folder of the path, without ".git".
std::string name_of(const std::string& path) {
  std::string full = system::absolute_path(path);
  while (full.size() > 1 && full.back() == '/') full.pop_back();
  std::string name = full.substr(full.rfind('/') + 1);
  if (name.size() > 4 && name.ends_with(".git")) name.resize(name.size() - 4);
  return name;
}

std::string counted(std::size_t count, std::string_view one, std::string_view many) {
  return text::cat(count, " ", count == 1 ? one : many);
}

/// Says on stderr what came along and what did not.
void report(const GitHistory& history, const GitSeed& seed) {
  std::cerr << "Imported " << counted(history.commits.size(), "commit", "commits") << ", "
            << counted(history.branches.size(), "branch", "branches") << " and "
            << counted(history.tags.size(), "tag", "tags") << ".\n";
  if (history.cut)
    std::cerr << "Older commits were left out (--max-commits); the oldest ones kept start from nothing.\n";
  if (history.left_out > 0) {
    std::cerr << counted(history.left_out, "ref", "refs") << " outside of these commits were left out.\n";
  }
  if (seed.other_ids > 0) {
    std::cerr << counted(seed.other_ids, "commit or tag has", "commits and tags have")
              << " another id in the twin than here.\n";
  }
}

Result<void> import_repository(const std::string& path, const std::string& owner, std::string name,
                               const GitLimits& limits) {
  POME_TRY(const GitHistory history, read_git_repository(path, limits));
  if (name.empty()) name = name_of(path);
  POME_TRY(const GitSeed seed, seed_of_history(history, owner, name));
  if (seed.json.size() > kMaxSeedBytes) {
    return fail("usage", text::cat(path, " is too large to become a seed: it would have ", seed.json.size() >> 20,
                                   " MiB, and ", kMaxSeedBytes >> 20, " fit. Try a smaller --max-commits."));
  }
  std::cout << seed.json << std::flush;
  report(history, seed);
  return {};
}

}  // namespace

int seed_schema_command(Args args) {
  CLI::App app("Prints the JSON Schema (2020-12) of the GitHub twin's seeds.", "pome seed schema");
  if (auto code = parse_flags(app, args)) return *code;
  std::cout << kSeedSchema;
  return kExitPassed;
}

int seed_from_git_command(Args args) {
  std::string path;
  std::string owner = "acme";
  std::string name;
  GitLimits limits;
  CLI::App app("Prints a seed with a local repository's branches, tags, commits and files, read with the git on PATH.",
               "pome seed from-git");
  app.add_option("PATH", path, "Folder of the repository")->required();
  app.add_option("--owner", owner, "Who owns it in the twin (default: acme)")->option_text("LOGIN");
  app.add_option("--name", name, "What it is called in the twin (default: the folder's name)")->option_text("NAME");
  app.add_option("--max-commits", limits.commits, "Take the newest commits only (default: 1000)")
      ->option_text("NUMBER")
      ->check(CLI::Range(1, 100'000));
  app.footer(
      "Commits, trees, files and tags keep their ids, signatures included. Other ids get: commits whose history was\n"
      "cut by --max-commits, commits without a message or with text that is not UTF-8, tags of tags. Left out: notes,\n"
      "stashes and other refs beside branches and tags; all objects together may have 32 MiB.\n"
      "Then: pome seed from-git . > seed.json && pome twin start --seed seed.json");
  if (auto code = parse_flags(app, args)) return *code;
  if (const auto done = import_repository(path, owner, std::move(name), limits); !done) {
    return report_error("seed from-git", done.error());
  }
  return kExitPassed;
}

}  // namespace pome::cli
