#pragma once
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace pome::twin::github::model {

/// One element of GitHub's 422 `errors` array.
struct FieldError {
  std::string_view resource;         ///< "Issue", "Label", "Milestone"; empty = GitHub sends `message` as a bare string
  std::string_view field;            ///< "title"
  std::string_view code;             ///< missing | missing_field | invalid | already_exists | custom
  std::optional<std::string> value;  ///< the offending text, where GitHub repeats it
  std::string message;               ///< only with code `custom`

  bool operator==(const FieldError&) const = default;
};

enum class RefusalKind {
  not_found,    ///< 404 "Not Found"; also what an actor may not know about
  forbidden,    ///< 403
  validation,   ///< 422 "Validation Failed" with `errors`; or a plain message when `errors` is empty
  not_allowed,  ///< 405: the state of things forbids it
  conflict,     ///< 409
  gone,         ///< 410: issues are turned off
};

/// Why a rule said no. Nothing changed when a rule refuses.
struct Refusal {
  RefusalKind kind = RefusalKind::not_found;
  std::string message;  ///< GitHub's `message`; empty = the usual one of the kind
  std::vector<FieldError> errors;

  bool operator==(const Refusal&) const = default;
};

/// What a rule without a value answers: nothing when it went through. Copies share the refusal.
class Refused {
 public:
  Refused() = default;
  Refused(std::nullopt_t) {}  // NOLINT: implicit by design
  Refused(Refusal why);       // NOLINT: implicit by design

  explicit operator bool() const { return why_ != nullptr; }
  const Refusal& operator*() const { return *why_; }

 private:
  std::shared_ptr<const Refusal> why_;
};

Refused not_found();
/// 404 that says what is missing.
Refused not_found_because(std::string_view message);
Refused forbidden(std::string_view message = "Must have admin rights to Repository.");
Refused gone(std::string_view message);
/// A validation error of one field, by code alone.
Refused invalid(std::string_view resource, std::string_view field, std::string_view code);
/// Code `invalid`, repeating what was sent.
Refused invalid_value(std::string_view resource, std::string_view field, std::string value);
/// With a sentence of its own.
Refused invalid_because(std::string_view resource, std::string_view field, std::string_view message,
                        std::string_view code = "custom");
Refused invalid(FieldError error);
Refused conflict(std::string_view message);
Refused not_allowed(std::string_view message);
/// 422 with a message of its own and no `errors`.
Refused unprocessable(std::string_view message);
/// 422 where a request names a commit that the repository does not have.
Refused no_commit_for(std::string_view sha);
/// 422 "Unprocessable Entity" whose `errors` is one bare string, as the review operations answer.
Refused unprocessable_entity(std::string_view problem);

/// What a rule answers: the value or the Refusal.
template <class T>
class [[nodiscard]] Ruling {
 public:
  Ruling(T value) : value_(std::move(value)) {}              // NOLINT: implicit by design
  Ruling(Refused refused) : refused_(std::move(refused)) {}  // NOLINT: implicit by design; must hold a refusal
  Ruling(Refusal refusal) : refused_(std::move(refusal)) {}  // NOLINT: implicit by design

  explicit operator bool() const { return !refused_; }
  T& operator*() { return value_; }
  const T& operator*() const { return value_; }
  T* operator->() { return &value_; }
  const T* operator->() const { return &value_; }
  const Refusal& refusal() const { return *refused_; }
  const Refused& refused() const { return refused_; }

 private:
  T value_{};  // empty when refused
  Refused refused_;
};

}  // namespace pome::twin::github::model
