#pragma once
#include <string>
#include <string_view>
#include <utility>
#include <variant>

namespace pome {

/// Why an operation failed. `code` is a stable kebab-case id; `message` is one clear sentence for the user;
/// `where` names the place (a file, a field, a JSON Pointer) and may be empty.
struct [[nodiscard]] Error {
  std::string code;
  std::string message;
  std::string where;

  bool operator==(const Error&) const = default;
};

/// Builds an Error in expression position.
inline Error fail(std::string_view code, std::string message, std::string where = {}) {
  return Error{std::string(code), std::move(message), std::move(where)};
}

/// A value or the Error that prevented it. Method names are a strict subset of std::expected.
template <class T>
class [[nodiscard]] Result {
 public:
  Result(T value) : state_(std::in_place_index<0>, std::move(value)) {}      // NOLINT: implicit by design
  Result(Error error) : state_(std::in_place_index<1>, std::move(error)) {}  // NOLINT: implicit by design

  bool has_value() const { return state_.index() == 0; }
  explicit operator bool() const { return has_value(); }
  T& value() & { return *std::get_if<0>(&state_); }
  const T& value() const& { return *std::get_if<0>(&state_); }
  T&& value() && { return std::move(*std::get_if<0>(&state_)); }
  T& operator*() & { return value(); }
  const T& operator*() const& { return value(); }
  T* operator->() { return &value(); }
  const T* operator->() const { return &value(); }
  const Error& error() const { return *std::get_if<1>(&state_); }

 private:
  std::variant<T, Error> state_;
};

/// Success without a value, or an Error.
template <>
class [[nodiscard]] Result<void> {
 public:
  Result() = default;
  Result(Error error) : error_(std::move(error)), ok_(false) {}  // NOLINT: implicit by design

  bool has_value() const { return ok_; }
  explicit operator bool() const { return ok_; }
  const Error& error() const { return error_; }

 private:
  Error error_;
  bool ok_ = true;
};

}  // namespace pome

#define POME_CONCAT_INNER(a, b) a##b
#define POME_CONCAT(a, b) POME_CONCAT_INNER(a, b)

/// `POME_TRY(auto issue, find_issue(store, n));` declares `issue`, or returns the Error to the caller. Block scope
/// only.
#define POME_TRY(declaration, expression) POME_TRY_INNER(POME_CONCAT(pome_try_, __LINE__), declaration, expression)
#define POME_TRY_INNER(temporary, declaration, expression) \
  auto temporary = (expression);                           \
  if (!(temporary)) return (temporary).error();            \
  declaration = std::move(temporary).value()

/// `POME_CHECK(write(file));` returns the Error to the caller, or goes on.
#define POME_CHECK(expression)                                                  \
  do {                                                                          \
    if (auto pome_check = (expression); !pome_check) return pome_check.error(); \
  } while (false)
