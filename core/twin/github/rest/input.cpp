#include "core/twin/github/rest/input.h"

#include <utility>

#include "core/base/json.h"
#include "core/base/text.h"

namespace pome::twin::github::rest {

namespace {

/// The text of a `text`, `text_or_integer` or `name` value; "" for others.
std::string text_of(const Json& value) {
  if (value.is_string()) return value.get_ref<const std::string&>();
  if (value.is_number_integer()) return text::cat(value.get<std::int64_t>());
  for (const std::string_view key : {"name", "login"}) {
    if (const auto inner = json::string_at(value, key)) return std::string(*inner);
  }
  return {};
}

std::int64_t integer_of(const Json& value) {
  if (value.is_string()) return text::to_integer(value.get_ref<const std::string&>()).value_or(-1);
  return value.is_number_integer() ? value.get<std::int64_t>() : -1;
}

}  // namespace

const Json* Input::member(std::string_view name) const {
  if (!object_) return nullptr;
  const Json& value = json::at(*object_, name);
  return value.is_null() ? nullptr : &value;
}

bool Input::sent(std::string_view name) const { return object_ && object_->contains(name); }

bool Input::is_null(std::string_view name) const { return sent(name) && !member(name); }

std::size_t Input::size() const { return object_ ? object_->size() : 0; }

std::optional<std::string> Input::text(std::string_view name) const {
  const Json* value = member(name);
  return value ? std::optional(text_of(*value)) : std::nullopt;
}

std::string Input::text(std::string_view name, std::string_view otherwise) const {
  const Json* value = member(name);
  return value ? text_of(*value) : std::string(otherwise);
}

std::optional<bool> Input::flag(std::string_view name) const {
  const Json* value = member(name);
  return value && value->is_boolean() ? std::optional(value->get<bool>()) : std::nullopt;
}

bool Input::flag(std::string_view name, bool otherwise) const { return flag(name).value_or(otherwise); }

std::optional<std::int64_t> Input::integer(std::string_view name) const {
  const Json* value = member(name);
  return value ? std::optional(integer_of(*value)) : std::nullopt;
}

std::vector<std::string> Input::texts(std::string_view name) const {
  std::vector<std::string> out;
  const Json* list = member(name);
  if (!list || !list->is_array()) return out;
  out.reserve(list->size());
  for (const Json& entry : *list) out.push_back(text_of(entry));
  return out;
}

std::vector<std::int64_t> Input::integers(std::string_view name) const {
  std::vector<std::int64_t> out;
  const Json* list = member(name);
  if (!list || !list->is_array()) return out;
  for (const Json& entry : *list) out.push_back(integer_of(entry));
  return out;
}

Input Input::object(std::string_view name) const {
  const Json* value = member(name);
  return value ? Input(*value) : Input();
}

std::vector<Input> Input::objects(std::string_view name) const {
  std::vector<Input> out;
  const Json* list = member(name);
  if (!list || !list->is_array()) return out;
  for (const Json& entry : *list) out.push_back(Input(entry));
  return out;
}

std::vector<std::string> Input::keys(std::string_view name) const {
  std::vector<std::string> out;
  const Json* value = member(name);
  if (!value || !value->is_object()) return out;
  for (const auto& item : value->items()) out.push_back(item.key());
  return out;
}

std::string Input::json(std::string_view name) const {
  const Json* value = member(name);
  return value ? json::dump(*value) : "null";
}

std::optional<std::optional<std::string>> Input::text_patch(std::string_view name) const {
  if (!sent(name)) return std::nullopt;
  return std::optional<std::optional<std::string>>(std::in_place, text(name));
}

std::optional<std::optional<std::int64_t>> Input::integer_patch(std::string_view name) const {
  if (!sent(name)) return std::nullopt;
  return std::optional<std::optional<std::int64_t>>(std::in_place, integer(name));
}

std::optional<std::vector<std::string>> Input::texts_patch(std::string_view name) const {
  return sent(name) ? std::optional(texts(name)) : std::nullopt;
}

}  // namespace pome::twin::github::rest
