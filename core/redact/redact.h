#pragma once
#include <string>
#include <string_view>
#include <vector>

/// Replaces secrets before anything is stored or exported, so that a stored run gives the verdict the live run gave.
namespace pome::redact {

/// One redaction policy for all documents of a run.
///
/// A secret becomes `[REDACTED:<8 hex digits of its SHA-256>]`: equal secrets get equal placeholders, different ones
/// differ. A criterion literal that is part of a secret is kept inside the placeholder (it stands in the scenario
/// anyway), so "contains" criteria read the stored text as they read the live one.
class Redactor {
 public:
  /// `known_values`: exact secrets to remove wherever they appear (API keys, tokens; values under 8 bytes are ignored).
  /// `literals`: texts that criteria look for.
  Redactor(std::vector<std::string> known_values, std::vector<std::string> literals);

  /// Free text: known values and well-known secret shapes are replaced.
  std::string text(std::string_view text) const;
  /// A JSON document (or NDJSON lines): strings as text(), and members whose name says "secret" wholly. Member order,
  /// numbers and layout stay. Text that is not JSON is treated as free text.
  std::string json(std::string_view document) const;

 private:
  std::vector<std::string> known_values_;
  std::vector<std::string> literals_;
};

}  // namespace pome::redact
