#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "core/redact/known_values.h"

/// Replaces secrets before anything is stored or exported, so that a stored run gives the verdict the live run gave.
namespace pome::redact {

/// One redaction policy for all documents of a run.
///
/// A secret becomes `[REDACTED:<8 hex digits of its SHA-256>]`: equal secrets get equal placeholders, different ones
/// differ. A criterion literal that is part of a secret is kept inside the placeholder, `[REDACTED:<hash> <literal>]`
/// (it stands in the scenario anyway), so "contains" criteria read the stored text as they read the live one. A literal
/// that reaches over a secret's edge is noted at the end of the text, for the same reason. Should a literal occur in
/// the placeholder itself, the hash is written in Braille instead. Redacting twice changes nothing more.
class Redactor {
 public:
  /// `known_values`: exact secrets to remove wherever they appear, also base64- or percent-encoded (API keys, tokens;
  /// values under 8 bytes are ignored). `literals`: texts that criteria look for (eval::criterion_literals).
  Redactor(std::vector<std::string> known_values, std::vector<std::string> literals);

  /// Free text: known values and well-known secret shapes are replaced.
  std::string text(std::string_view text) const;
  /// A criterion's sentence, or a whole scenario, so that it reads redacted documents as it read the live ones.
  std::string sentence(std::string_view text) const;
  /// A JSON document (or NDJSON lines): strings as text(), and members whose name says "secret" wholly, unless they are
  /// null, empty or redacted already. Member order, numbers and layout stay. Text that is not JSON is treated as free
  /// text.
  std::string json(std::string_view document) const;

 private:
  struct Literal {
    std::string text;
    std::string redacted;  ///< as it stands in redacted documents
  };

  std::vector<Span> find_secrets(std::string_view text) const;
  std::string placeholder(std::string_view secret) const;
  std::string replace(std::string_view text, const std::vector<Span>& spans) const;
  std::string notes(std::string_view text, const std::vector<Span>& spans) const;

  KnownValues known_values_;
  std::vector<Literal> literals_;
};

}  // namespace pome::redact
