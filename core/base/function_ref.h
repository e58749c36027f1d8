#pragma once
#include <type_traits>
#include <utility>

namespace pome {

/// A reference to something callable, two pointers wide: lets a function take a lambda without being a template.
/// The callable must outlive the reference, so use it for parameters only.
template <class Signature>
class FunctionRef;

template <class Result, class... Arguments>
class FunctionRef<Result(Arguments...)> {
 public:
  template <class Callable>
  requires(!std::is_same_v<std::remove_cvref_t<Callable>, FunctionRef>)  // NOLINTNEXTLINE: implicit by design
      FunctionRef(const Callable& callable)
      : object_(&callable), call_([](const void* object, Arguments... arguments) -> Result {
          return (*static_cast<const Callable*>(object))(std::forward<Arguments>(arguments)...);
        }) {}

  Result operator()(Arguments... arguments) const { return call_(object_, std::forward<Arguments>(arguments)...); }

 private:
  const void* object_;
  Result (*call_)(const void*, Arguments...);
};

}  // namespace pome
