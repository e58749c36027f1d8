#pragma once
#include <cstddef>
#include <string>

#include "core/base/result.h"
#include "tools/cli/git_repository.h"

/// A repository's history as a seed of the GitHub twin.
namespace pome::cli {

struct GitSeed {
  std::string json;
  std::size_t other_ids = 0;  ///< commits and tags that have another id in the twin than in the repository
};

/// Fails with `bad-seed` when the twin does not take the seed (an owner that cannot be a login, say).
Result<GitSeed> seed_of_history(const GitHistory& history, const std::string& owner, const std::string& name);

}  // namespace pome::cli
