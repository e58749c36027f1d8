#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace pome::twin::github::model {

/// One element of GitHub's 422 `errors` array.
struct FieldError {
  std::string_view resource;         ///< "Issue", "Label", "Milestone"; empty = `message` is a plain sentence
  std::string_view field;            ///< "title"
  std::string_view code;             ///< missing | missing_field | invalid | already_exists | custom
  std::optional<std::string> value;  ///< the offending text, where GitHub repeats it
  std::string message;               ///< only with code `custom`

  bool operator==(const FieldError&) const = default;
};

enum class RefusalKind {
  not_found,   ///< 404 "Not Found"; also what an actor may not know about
  forbidden,   ///< 403
  validation,  ///< 422 "Validation Failed" with `errors`; or a plain message when `errors` is empty
  conflict,    ///< 409
  gone,        ///< 410: issues are turned off
};

/// Why a rule said no. Nothing changed when a rule refuses.
struct Refusal {
  RefusalKind kind = RefusalKind::not_found;
  std::string message;  ///< GitHub's `message`; empty = the usual one of the kind
  std::vector<FieldError> errors;

  bool operator==(const Refusal&) const = default;
};

Refusal not_found();
Refusal forbidden(std::string_view message = "Must have admin rights to Repository.");
Refusal invalid(FieldError error);
Refusal gone(std::string_view message);

/// What a rule answers: the value or the Refusal.
template <class T>
class [[nodiscard]] Ruling {
 public:
  Ruling(T value) : state_(std::in_place_index<0>, std::move(value)) {}            // NOLINT: implicit by design
  Ruling(Refusal refusal) : state_(std::in_place_index<1>, std::move(refusal)) {}  // NOLINT: implicit by design

  explicit operator bool() const { return state_.index() == 0; }
  T& operator*() { return *std::get_if<0>(&state_); }
  const T& operator*() const { return *std::get_if<0>(&state_); }
  T* operator->() { return &**this; }
  const T* operator->() const { return &**this; }
  const Refusal& refusal() const { return *std::get_if<1>(&state_); }

 private:
  std::variant<T, Refusal> state_;
};

/// What a rule without a value answers: nothing when it went through.
using Refused = std::optional<Refusal>;

}  // namespace pome::twin::github::model
