#pragma once
#include <chrono>
#include <memory>
#include <string>

#include "core/base/result.h"

namespace pome::cli {

/// The loopback address a browser comes back to after sign-in (RFC 8252, section 7.3).
class LoginCallback {
 public:
  /// `state`: the value the browser must bring back; anything else is answered 400 and changes nothing.
  static Result<std::unique_ptr<LoginCallback>> listen(std::string state);
  ~LoginCallback();

  std::string redirect_uri() const;
  /// The one-time code. Fails with `login` (time over, or the page reported an error) or `interrupted`.
  Result<std::string> wait(std::chrono::seconds limit);

 private:
  struct State;
  explicit LoginCallback(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace pome::cli
