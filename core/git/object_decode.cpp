#include <algorithm>

#include "core/base/encoding.h"
#include "core/base/text.h"
#include "core/git/object.h"

/// Reads objects back from their payloads. Each reader encodes what it read and compares, so an object that this model
/// cannot hold exactly is refused instead of changed.
namespace pome::git {
namespace {

/// The text up to `end`, which is dropped too; nothing when `end` does not occur.
std::optional<std::string_view> take_until(std::string_view& text, char end) {
  const std::size_t at = text.find(end);
  if (at == std::string_view::npos) return std::nullopt;
  const std::string_view part = text.substr(0, at);
  text.remove_prefix(at + 1);
  return part;
}

bool take(std::string_view& text, std::string_view prefix) {
  if (text.substr(0, prefix.size()) != prefix) return false;
  text.remove_prefix(prefix.size());
  return true;
}

/// A line "<key> <40 hexadecimal digits>".
std::optional<ObjectId> take_id(std::string_view& text, std::string_view key) {
  std::string_view rest = text;
  if (!take(rest, key) || !take(rest, " ")) return std::nullopt;
  const auto digits = take_until(rest, '\n');
  const auto id = digits ? ObjectId::from_hex(*digits) : std::nullopt;
  if (id) text = rest;
  return id;
}

/// "+0130" in minutes.
std::optional<int> offset_of(std::string_view text) {
  if (text.size() != 5 || !std::all_of(text.begin() + 1, text.end(), text::is_digit)) return std::nullopt;
  const int hours = (text[1] - '0') * 10 + (text[2] - '0');
  const int minutes = hours * 60 + (text[3] - '0') * 10 + (text[4] - '0');
  return text[0] == '-' ? -minutes : minutes;
}

std::optional<Signature> take_signature(std::string_view& text, std::string_view key) {
  if (!take(text, key) || !take(text, " ")) return std::nullopt;
  auto line = take_until(text, '\n');
  if (!line) return std::nullopt;
  const std::size_t open = line->find(" <");
  const std::size_t close = line->rfind("> ");
  if (open == std::string_view::npos || close == std::string_view::npos || close < open + 2) return std::nullopt;
  std::string_view clock = line->substr(close + 2);
  const auto seconds = take_until(clock, ' ');
  const auto time = seconds ? text::to_integer(*seconds) : std::nullopt;
  const auto offset = offset_of(clock);
  if (!time || !offset) return std::nullopt;
  return Signature{std::string(line->substr(0, open)), std::string(line->substr(open + 2, close - open - 2)), *time,
                   *offset};
}

/// Punctuation and white space that git drops at the ends of names and addresses.
bool is_crud(char c) {
  return static_cast<unsigned char>(c) <= ' ' || std::string_view(".,:;<>\"\\'").find(c) != std::string_view::npos;
}

std::string without_crud(std::string_view text) {
  while (!text.empty() && is_crud(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_crud(text.back())) text.remove_suffix(1);
  std::string out;
  for (const char c : text) {
    if (c != '<' && c != '>' && c != '\n' && c != '\0') out += c;
  }
  return out;
}

}  // namespace

std::optional<Tree> decode_tree(std::string_view payload) {
  Tree tree;
  std::string_view rest = payload;
  while (!rest.empty()) {
    const auto octal = take_until(rest, ' ');
    const auto mode = octal ? mode_of_text(*octal) : std::nullopt;
    const auto name = take_until(rest, '\0');
    if (!mode || !name || rest.size() < 20) return std::nullopt;
    TreeEntry entry{std::string(*name), *mode, {}};
    std::copy_n(rest.begin(), 20, entry.id.bytes.begin());
    rest.remove_prefix(20);
    tree.entries.push_back(std::move(entry));
  }
  if (!std::is_sorted(tree.entries.begin(), tree.entries.end(), tree_order) || encode(tree) != payload)
    return std::nullopt;
  return tree;
}

std::optional<Commit> decode_commit(std::string_view payload) {
  Commit commit;
  std::string_view rest = payload;
  const auto tree = take_id(rest, "tree");
  if (!tree) return std::nullopt;
  commit.tree = *tree;
  while (const auto parent = take_id(rest, "parent")) commit.parents.push_back(*parent);
  const auto author = take_signature(rest, "author");
  const auto committer = author ? take_signature(rest, "committer") : std::nullopt;
  if (!committer) return std::nullopt;
  commit.author = *author;
  commit.committer = *committer;
  while (!rest.empty() && rest.front() != '\n') {
    const auto header = take_until(rest, '\n');
    if (!header) return std::nullopt;
    commit.extra_headers.append(*header).append("\n");
  }
  if (!take(rest, "\n")) return std::nullopt;
  commit.message = rest;
  return encode(commit) == payload ? std::optional(std::move(commit)) : std::nullopt;
}

std::optional<Tag> decode_tag(std::string_view payload) {
  Tag tag;
  std::string_view rest = payload;
  const auto object = take_id(rest, "object");
  if (!object || !take(rest, "type ")) return std::nullopt;
  const auto type_text = take_until(rest, '\n');
  const auto type = type_text ? type_of_name(*type_text) : std::nullopt;
  if (!type || !take(rest, "tag ")) return std::nullopt;
  const auto name = take_until(rest, '\n');
  if (!name) return std::nullopt;
  tag.object = *object;
  tag.type = *type;
  tag.name = *name;
  if (rest.substr(0, 7) == "tagger ") {
    tag.tagger = take_signature(rest, "tagger");
    if (!tag.tagger) return std::nullopt;
  }
  if (!take(rest, "\n")) return std::nullopt;
  tag.message = rest;
  return encode(tag) == payload ? std::optional(std::move(tag)) : std::nullopt;
}

Signature cleaned(Signature signature) {
  signature.name = without_crud(signature.name);
  signature.email = without_crud(signature.email);
  return signature;
}

std::string cleaned_message(std::string_view message) {
  std::string out;
  bool blank_before = false;
  while (!message.empty()) {
    const std::size_t end = std::min(message.find('\n'), message.size());
    const std::string_view line = text::trim_right(message.substr(0, end));
    message.remove_prefix(std::min(end + 1, message.size()));
    if (line.empty()) {
      blank_before = true;
      continue;
    }
    if (blank_before && !out.empty()) out += '\n';
    blank_before = false;
    out.append(line).append("\n");
  }
  return out;
}

}  // namespace pome::git
