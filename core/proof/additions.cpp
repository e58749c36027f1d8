#include "core/proof/additions.h"

#include <algorithm>
#include <array>
#include <optional>

#include "core/base/json.h"
#include "core/base/pointer.h"
#include "core/base/text.h"
#include "core/proof/words.h"

namespace pome::proof {
namespace {

constexpr std::size_t kMaxSamples = 12;   // entries of other lists that are tried as they are
constexpr std::size_t kMaxEntries = 120;  // new entries for one list

/// Members that say what an entry is, who made it and what it says.
constexpr std::array<std::string_view, 17> kNaming = {
    "name",     "login",      "title", "body",         "path", "content", "context", "message", "filename",
    "tag_name", "user_login", "key",   "author_login", "ref",  "branch",  "slug",    "label"};
/// Members by which the twin and the criteria find an entry.
constexpr std::array<std::string_view, 9> kIdentity = {"full_name", "owner", "name",     "number", "login",
                                                       "path",      "id",    "tag_name", "repo_id"};

/// Members whose change says most to a reader.
constexpr std::array<std::string_view, 12> kTelling = {"state",   "title",    "labels",     "assignees",
                                                       "merged",  "body",     "comments",   "draft",
                                                       "content", "base_ref", "permission", "description"};

using Family = std::array<std::string_view, 8>;
/// Words that exclude each other.
constexpr Family kFamilies[] = {
    {"open", "closed"},
    {"completed", "not_planned", "reopened", "duplicate"},
    {"APPROVED", "CHANGES_REQUESTED", "COMMENTED", "DISMISSED", "PENDING"},
    {"success", "failure", "pending", "error", "neutral", "cancelled", "skipped"},
    {"queued", "in_progress", "completed"},
    {"pull", "triage", "push", "maintain", "admin"},
    {"read", "write", "none"},
    {"accepted", "pending"},
    {"merge", "squash", "rebase"},
    {"public", "private", "internal"},
    {"active", "disabled", "evaluate"},
};

template <std::size_t N>
bool has(const std::array<std::string_view, N>& words, std::string_view word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

bool is_number(std::string_view literal) { return text::to_integer(literal).has_value(); }

void add_family(const std::string& value, std::vector<Json>& out) {
  for (const Family& family : kFamilies) {
    if (!has(family, value)) continue;
    for (const std::string_view word : family) {
      if (!word.empty() && word != value) out.emplace_back(std::string(word));
    }
  }
}

/// Entries of every list called `list_name` below `value`.
void collect(const Json& value, std::string_view list_name, std::vector<const Json*>& out) {
  if (out.size() >= kMaxSamples || !value.is_structured()) return;
  if (value.is_object()) {
    if (const Json& list = json::at(value, list_name); list.is_array()) {
      for (const Json& entry : list) {
        if (out.size() < kMaxSamples) out.push_back(&entry);
      }
    }
  }
  for (const Json& member : value) collect(member, list_name, out);
}

std::int64_t greatest(const Json& list, std::string_view member) {
  std::int64_t most = 0;
  for (const Json& entry : list) most = std::max(most, json::integer_at(entry, member).value_or(0));
  return most;
}

/// Gives a copy an identity of its own, where identity is a number.
void renumber(const Json& list, Json& entry) {
  for (const char* member : {"number", "id"}) {
    if (json::integer_at(entry, member)) entry[member] = greatest(list, member) + 1;
  }
}

/// An entry for a list of which there is no example: it has every member an entry could be known by.
Json shapeless(const std::string& name) {
  Json entry = {{"number", 1}, {"id", 1}, {"state", "open"}};
  for (const std::string_view member : kNaming) entry[std::string(member)] = name;
  return entry;
}

/// Collects entries that differ from each other and from those there are.
class Entries {
 public:
  explicit Entries(const Json& list) : list_(list) {}

  void add(Json entry) {
    if (out_.size() >= kMaxEntries) return;
    if (std::find(list_.begin(), list_.end(), entry) != list_.end()) return;
    if (std::find(out_.begin(), out_.end(), entry) == out_.end()) out_.push_back(std::move(entry));
  }

  /// A copy of `sample` in which the members `which` accepts hold `name`.
  template <class Which>
  void renamed(const Json& sample, const std::string& name, Which which) {
    Json entry = sample;
    renumber(list_, entry);
    for (const std::string_view member : kNaming) {
      if (which(member) && json::string_at(sample, member)) entry[std::string(member)] = name;
    }
    add(std::move(entry));
  }

  std::vector<Json> take() { return std::move(out_); }

 private:
  const Json& list_;
  std::vector<Json> out_;
};

/// Copies that carry two literals: "a comment by `bob` containing "yes"".
void add_pairs(Entries& entries, const Json& sample, const std::vector<std::string>& names) {
  for (const std::string_view who : {std::string_view("user_login"), std::string_view("name"), std::string_view("path"),
                                     std::string_view("context")}) {
    if (!json::string_at(sample, who)) continue;
    for (const std::string& first : names) {
      Json owned = sample;
      owned[std::string(who)] = first;
      for (const std::string& second : names) {
        if (second != first) entries.renamed(owned, second, [&](std::string_view member) { return member != who; });
      }
    }
  }
}

void add_copies(Entries& entries, const Json& sample, const std::vector<std::string>& names) {
  for (const std::string& name : names) {
    entries.renamed(sample, name, [](std::string_view) { return true; });
  }
  for (const std::string_view one : kNaming) {
    if (!json::string_at(sample, one)) continue;
    for (const std::string& name : names) {
      entries.renamed(sample, name, [&](std::string_view member) { return member == one; });
    }
  }
  add_pairs(entries, sample, names);
}

}  // namespace

bool names_entry(std::string_view member) { return has(kIdentity, member); }

std::size_t rank_of(std::string_view member) {
  const auto at = std::find(kTelling.begin(), kTelling.end(), member);
  return static_cast<std::size_t>(at - kTelling.begin());
}

bool is_telling(std::string_view member) { return has(kTelling, member); }

Json numbered(const Json& entry, std::size_t nth) {
  if (entry.is_string()) return text::cat(entry.get_ref<const std::string&>(), '-', nth);
  Json copy = entry;
  if (!copy.is_object()) return copy;
  for (auto& [name, value] : copy.items()) {
    if (!names_entry(name) && name != "filename") continue;
    if (value.is_string()) value = text::cat(value.get_ref<const std::string&>(), '-', nth);
    if (value.is_number_integer() && name != "repo_id")
      value = value.get<std::int64_t>() + static_cast<std::int64_t>(nth);
  }
  return copy;
}

std::vector<Json> other_values(const Json& value, const std::vector<std::string>& literals) {
  std::vector<Json> out;
  if (value.is_boolean()) return {Json(!value.get<bool>())};
  if (value.is_number_integer()) {
    const auto number = value.get<std::int64_t>();
    if (number == 0 || number == 1) out.emplace_back(1 - number);
    out.emplace_back(number + 1);
  }
  if (value.is_string()) add_family(value.get_ref<const std::string&>(), out);
  if (!value.is_number()) out.emplace_back(std::string(kSomethingElse));
  for (const std::string& literal : literals) {
    if (const auto number = text::to_integer(literal); number && !value.is_string()) out.emplace_back(*number);
    if (!value.is_number() && !is_number(literal)) out.emplace_back(literal);
  }
  if (value.is_string()) {
    for (const std::string& literal : literals) {
      out.emplace_back(text::cat(value.get_ref<const std::string&>(), ' ', literal));
    }
    out.emplace_back("");
  }
  out.emplace_back(value.is_null() ? Json(1) : Json());
  out.erase(std::remove(out.begin(), out.end(), value), out.end());
  return out;
}

std::vector<Json> additions(const Json& state, const Json& initial, std::string_view pointer,
                            const std::vector<std::string>& literals) {
  const Json* list = pointer::resolve(state, pointer);
  if (list == nullptr || !list->is_array()) return {};
  Entries entries(*list);
  std::vector<std::string> names{std::string(kSomethingElse)};
  for (const std::string& literal : literals) {
    if (!is_number(literal)) names.push_back(literal);
  }
  std::vector<const Json*> samples;
  for (const Json& entry : *list) {
    if (samples.size() < kMaxSamples / 2) samples.push_back(&entry);
  }
  collect(state, last_step(pointer), samples);
  if (samples.size() < kMaxSamples) collect(initial, last_step(pointer), samples);

  for (const Json* sample : samples) entries.add(*sample);
  const bool texts =
      samples.empty() || std::any_of(samples.begin(), samples.end(), [](auto* one) { return one->is_string(); });
  if (texts) {
    for (const std::string& name : names) entries.add(name);
  }
  for (const Json* sample : samples) {
    if (sample->is_object()) add_copies(entries, *sample, names);
  }
  if (samples.empty()) {
    for (const std::string& name : names) entries.add(shapeless(name));
  }
  return entries.take();
}

}  // namespace pome::proof
