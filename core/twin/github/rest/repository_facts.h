#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/twin/github/model/world.h"

/// Numbers GitHub shows about a repository that follow from its files and its neighbours.
namespace pome::twin::github::rest {

/// The language of a file, by its extension; empty when none is known.
std::string_view language_of(std::string_view path);

struct FileFacts {
  std::int64_t kilobytes = 0;  ///< of the default branch's files, rounded up
  std::string_view language;   ///< that most bytes are written in, by file extension; empty when none is known
};
/// One language of the default branch's files.
struct LanguageBytes {
  std::string_view language;
  std::int64_t bytes = 0;
};
/// Most bytes first; equal ones by name.
std::vector<LanguageBytes> languages_of(const model::World& world, const model::Repository& repository);

FileFacts file_facts(const model::World& world, const model::Repository& repository);

/// The file in the root of a tree that holds the licence; empty when there is none.
std::string license_path(const git::ObjectStore& objects, const git::ObjectId& tree);

std::int64_t fork_count(const model::World& world, const model::Repository& repository);

}  // namespace pome::twin::github::rest
