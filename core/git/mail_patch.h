#pragma once
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "core/git/object_store.h"

namespace pome::git {

struct MailOptions {
  std::size_t id_digits = 7;
  std::string_view signature = "2.39.5";  ///< below "-- ": a git version
};

/// Commits as `git format-patch --stdout` writes them, in the given order (commits_between gives it): mail headers,
/// message, diffstat, and the diff against the first parent or, for a root commit, nothing. With more than one the
/// subjects say "[PATCH 1/2]". Merges are left out; a commit without changes has its number but no mail. GitHub's media
/// type "patch".
std::string mail_patches(const ObjectStore& store, const std::vector<ObjectId>& commits,
                         const MailOptions& options = {});

}  // namespace pome::git
