#include "core/base/pointer.h"

#include "core/base/text.h"

namespace pome::pointer {
namespace {

std::string unescape(std::string_view token) {
  return text::replace_all(text::replace_all(std::string(token), "~1", "/"), "~0", "~");
}

}  // namespace

std::string child(std::string_view base, std::string_view member) {
  return text::cat(base, '/', text::replace_all(text::replace_all(std::string(member), "~", "~0"), "/", "~1"));
}

std::string child(std::string_view base, std::size_t index) { return text::cat(base, '/', index); }

const Json* resolve(const Json& document, std::string_view pointer) {
  const Json* value = &document;
  while (!pointer.empty()) {
    if (pointer.front() != '/') return nullptr;
    pointer.remove_prefix(1);
    const std::size_t end = pointer.find('/');
    const std::string token = unescape(pointer.substr(0, end));
    pointer = end == std::string_view::npos ? std::string_view() : pointer.substr(end);
    if (value->is_object()) {
      const auto member = value->find(token);
      if (member == value->end()) return nullptr;
      value = &*member;
    } else if (value->is_array()) {
      const auto index = text::to_integer(token);
      if (!index || *index < 0 || static_cast<std::size_t>(*index) >= value->size()) return nullptr;
      if (token.size() > 1 && token.front() == '0') return nullptr;
      value = &(*value)[static_cast<std::size_t>(*index)];
    } else {
      return nullptr;
    }
  }
  return value;
}

}  // namespace pome::pointer
