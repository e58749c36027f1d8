#pragma once
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/twin/github/model/row.h"

/// Texts GitHub keeps for new repositories: licences (as choosealicense.com describes them) and .gitignore files.
namespace pome::twin::github::model {

/// What a licence grants, asks for and excludes; GitHub's words in `rule_words`.
enum class LicenseRule : std::uint8_t {
  commercial_use,
  modifications,
  distribution,
  private_use,
  patent_use,
  include_copyright,
  document_changes,
  include_copyright_source,
  liability,
  warranty,
  trademark_use,
};
std::string_view license_rule_name(LicenseRule rule);  ///< "commercial-use"

struct License {
  std::string_view key;      ///< "mit"
  std::string_view name;     ///< "MIT License"
  std::string_view spdx_id;  ///< "MIT"
  std::string_view heading;  ///< words by which a file is known to be this licence
  bool featured = false;
  std::string_view description = {};
  std::string_view implementation = {};
  std::span<const LicenseRule> permissions = {};
  std::span<const LicenseRule> conditions = {};
  std::span<const LicenseRule> limitations = {};
  std::string_view body = {};  ///< with [year] and [fullname]; empty = known by name only
};

/// Licences with their text, by key.
std::vector<const License*> commonly_used_licenses();
/// By key without case, or nullptr; only those with a text.
const License* find_license(std::string_view key);
/// The licence a file's text is, or nullptr.
const License* recognise_license(std::string_view text);
/// The text with its blanks filled in.
std::string filled_license(const License& license, std::string_view year, std::string_view holder);

struct GitignoreTemplate {
  std::string_view name;  ///< "C++"
  std::string_view source;
};
/// By name.
std::span<const GitignoreTemplate> gitignore_templates();
/// By exact name, or nullptr.
const GitignoreTemplate* find_gitignore(std::string_view name);

/// Licence texts; internal to templates.cpp.
std::string_view mit_text();
std::string_view apache_text();
std::string_view bsd_text(int clauses);  ///< 2 or 3
std::string_view boost_text();
std::string_view isc_text();
std::string_view unlicense_text();

}  // namespace pome::twin::github::model
