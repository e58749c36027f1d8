#pragma once
#include <string>

#include "core/twin/github/rest/shapes.h"

/// JSON of files and folders as the contents operations show them.
namespace pome::twin::github::rest {

/// A tree entry under the ref it was asked for.
struct Located {
  std::string path;  ///< "" = the root
  std::string ref;   ///< as links repeat it
  git::TreeEntry entry;
  git::ObjectId root;  ///< the tree `path` starts from
  model::Time modified_at = 0;
};

/// Base64 in lines of 60, as GitHub breaks it.
std::string wrapped_base64(std::string_view bytes);

/// The members that files, links, submodules and folders share; `is_row` in a folder's list, where a submodule counts
/// as a file.
void write_entry_members(JsonWriter& json, const Context& context, const Located& located, bool is_row);

/// The members of a file without the braces around them.
void write_file_members(JsonWriter& json, const Context& context, const Located& located, const std::string& content);
/// content-file, content-symlink or content-submodule. Content up to one megabyte stands inside; larger files say so
/// with encoding "none".
void write_file(JsonWriter& json, const Context& context, const Located& located, const std::string& content);

/// content-directory: an array of at most 1000 entries.
void write_folder(JsonWriter& json, const Context& context, const Located& folder, const git::Tree& tree);

}  // namespace pome::twin::github::rest
