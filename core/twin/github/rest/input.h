#pragma once
#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/json_fwd.h"

/// Request bodies as data: a route lists the members it takes, `check_body` refuses what does not fit in GitHub's
/// words, and `Input` reads what was sent. Members no row names are ignored, as GitHub does.
namespace pome::twin::github::rest {

enum class Type : std::uint8_t {
  text,
  flag,
  integer,
  object,           ///< see `members`
  any,              ///< taken as it is
  text_or_integer,  ///< read as text: issue titles
  integer_or_text,  ///< read as integer, other text as -1, which no row has: milestone numbers
  name,             ///< text, or an object that carries it under "name" (labels) or "login" (people)
  texts,
  integers,
  names,
  objects,  ///< see `members`
};

/// One member of a body.
struct Field {
  std::string_view name;
  Type type = Type::text;
  bool is_required = false;
  bool is_nullable = false;                      ///< null is a value: it clears
  std::span<const std::string_view> words = {};  ///< the only texts allowed; none = any
  std::span<const Field> members = {};           ///< of an object, or of each object in a list
};

constexpr Field required(std::string_view name, Type type = Type::text, std::span<const Field> members = {}) {
  return {.name = name, .type = type, .is_required = true, .members = members};
}
constexpr Field optional(std::string_view name, Type type = Type::text, std::span<const Field> members = {}) {
  return {.name = name, .type = type, .members = members};
}
constexpr Field nullable(std::string_view name, Type type = Type::text, std::span<const Field> members = {}) {
  return {.name = name, .type = type, .is_nullable = true, .members = members};
}
/// The same row, restricted to a closed list of words.
constexpr Field one_of(Field field, std::span<const std::string_view> words) {
  field.words = words;
  return field;
}

/// What a route takes as its body.
struct BodySpec {
  std::span<const Field> fields = {};
  std::string_view bare_array = {};  ///< a member whose array may also be sent as the whole body
  bool raw = false;                  ///< no JSON: the handler reads the request's bytes
};

/// A checked JSON object: readers answer nothing for members that were not sent or are null. Refers to the document.
class Input {
 public:
  Input() = default;
  explicit Input(const Json& object) : object_(&object) {}

  bool sent(std::string_view name) const;     ///< null included
  bool is_null(std::string_view name) const;  ///< sent as null
  std::size_t size() const;                   ///< members that were sent

  std::optional<std::string> text(std::string_view name) const;
  std::string text(std::string_view name, std::string_view otherwise) const;
  std::optional<bool> flag(std::string_view name) const;
  bool flag(std::string_view name, bool otherwise) const;
  std::optional<std::int64_t> integer(std::string_view name) const;
  std::vector<std::string> texts(std::string_view name) const;
  std::vector<std::int64_t> integers(std::string_view name) const;
  /// Empty when the member is absent or null.
  Input object(std::string_view name) const;
  std::vector<Input> objects(std::string_view name) const;
  /// The names of an object's members, in the order of the document's keys.
  std::vector<std::string> keys(std::string_view name) const;
  /// The member as JSON text; "null" when absent.
  std::string json(std::string_view name) const;

  /// For patches: nothing when absent, an inner nothing when null.
  std::optional<std::optional<std::string>> text_patch(std::string_view name) const;
  std::optional<std::optional<std::int64_t>> integer_patch(std::string_view name) const;
  /// Nothing when absent, an empty list when null.
  std::optional<std::vector<std::string>> texts_patch(std::string_view name) const;

 private:
  const Json* member(std::string_view name) const;  // nullptr when absent or null

  const Json* object_ = nullptr;
};

}  // namespace pome::twin::github::rest
