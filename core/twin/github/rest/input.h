#pragma once
#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include "core/base/json.h"
#include "core/base/text.h"
#include "core/twin/github/rest/context.h"
#include "core/twin/github/rest/errors.h"

/// Request bodies, declared once: an input struct lists its fields, `decode_body` reads them and answers in GitHub's
/// words when they do not fit. Unknown members are ignored, as GitHub does.
namespace pome::twin::github::rest {

/// Problems of one body, worded by GitHub's schema validator: `For 'properties/title', nil is not a string.`
class Problems {
 public:
  void add(std::string_view pointer, std::string_view problem);
  /// `value` is not `expected` ("a string"); the value is shown as Ruby prints it.
  void wrong_type(std::string_view pointer, const Json& value, std::string_view expected);
  void missing(std::string_view field) { missing_.emplace_back(field); }
  /// All problems as one refusal; nothing when there are none.
  std::optional<ApiError> refusal() const;

 private:
  std::vector<std::string> lines_;
  std::vector<std::string> missing_;
};

/// A member that may be absent, null or a value.
template <class T>
struct Nullable {
  bool present = false;
  std::optional<T> value;

  /// What model patches take: nothing when absent, an inner nothing when null.
  std::optional<std::optional<T>> patch() const {
    return present ? std::optional<std::optional<T>>(value) : std::nullopt;
  }
};

/// A text that may also be sent as a number: issue titles.
struct TextOrNumber {
  std::string text;
};

/// A number that may also be sent as digits: milestone numbers. Other text gives -1, which no row has.
struct NumberOrDigits {
  std::int64_t number = 0;
};

/// A name, or an object that carries it under "name" (labels) or "login" (people).
struct Name {
  std::string text;
};

/// One word of a closed list.
template <const auto& Words>
struct Choice {
  std::string word;
};

void read(const Json& value, std::string_view pointer, Problems& problems, std::string& out);
void read(const Json& value, std::string_view pointer, Problems& problems, bool& out);
void read(const Json& value, std::string_view pointer, Problems& problems, std::int64_t& out);
void read(const Json& value, std::string_view pointer, Problems& problems, TextOrNumber& out);
void read(const Json& value, std::string_view pointer, Problems& problems, NumberOrDigits& out);
void read(const Json& value, std::string_view pointer, Problems& problems, Name& out);
void read_choice(const Json& value, std::string_view pointer, Problems& problems, std::string& out,
                 const std::string_view* words, std::size_t count);

template <const auto& Words>
void read(const Json& value, std::string_view pointer, Problems& problems, Choice<Words>& out) {
  read_choice(value, pointer, problems, out.word, Words.data(), Words.size());
}

template <class T>
void read(const Json& value, std::string_view pointer, Problems& problems, std::vector<T>& out) {
  if (!value.is_array()) return problems.wrong_type(pointer, value, "an array");
  const std::string items = text::cat(pointer, "/items");
  for (const Json& item : value) read(item, items, problems, out.emplace_back());
}

template <class T>
void read(const Json& value, std::string_view pointer, Problems& problems, std::optional<T>& out) {
  read(value, pointer, problems, out.emplace());
}

template <class T>
void read(const Json& value, std::string_view pointer, Problems& problems, Nullable<T>& out) {
  out.present = true;
  if (!value.is_null()) read(value, pointer, problems, out.value.emplace());
}

/// One row of an input's `fields()`.
template <class Input, class T>
struct Field {
  std::string_view name;
  T Input::*member;
  bool is_required;
};
template <class Input, class T>
constexpr Field<Input, T> required(std::string_view name, T Input::*member) {
  return {name, member, true};
}
template <class Input, class T>
constexpr Field<Input, T> optional(std::string_view name, T Input::*member) {
  return {name, member, false};
}

namespace detail {

template <class Input, class T>
void read_field(const Json& body, const Field<Input, T>& field, Problems& problems, Input& out) {
  const auto member = body.find(field.name);
  if (member == body.end()) {
    if (field.is_required) problems.missing(field.name);
    return;
  }
  read(*member, text::cat("properties/", field.name), problems, out.*field.member);
}

/// The body as a JSON object: an absent body is an empty one, and a bare array counts as `bare_array`'s value.
std::variant<Json, ApiError> parse_body(std::string_view body, std::string_view bare_array);

template <class Input>
constexpr std::string_view bare_array_of() {
  if constexpr (requires { Input::kBareArray; }) return Input::kBareArray;
  return {};
}

template <class Input>
Input input_of(Reply (*)(Context&, const Input&));

}  // namespace detail

/// Reads a request body into `out`; the refusal when it does not fit. An input may name a `kBareArray` member: its
/// value may then also be sent as the whole body.
template <class Input>
std::optional<ApiError> decode_body(std::string_view text, Input& out) {
  auto parsed = detail::parse_body(text, detail::bare_array_of<Input>());
  if (auto* error = std::get_if<ApiError>(&parsed)) return std::move(*error);
  const Json& body = *std::get_if<Json>(&parsed);
  Problems problems;
  std::apply([&](const auto&... field) { (detail::read_field(body, field, problems, out), ...); }, Input::fields());
  return problems.refusal();
}

/// A route's handler from a function that wants its body decoded: `.handle = with_input<create_issue>`.
template <auto Function>
Reply with_input(Context& context) {
  decltype(detail::input_of(Function)) input;
  if (auto error = decode_body(context.call.request.body, input)) return std::move(*error);
  return Function(context, input);
}

/// The texts of a list of names.
std::vector<std::string> texts(const std::vector<Name>& names);

}  // namespace pome::twin::github::rest
