#include "core/git/mail_patch.h"

#include <algorithm>

#include "core/base/text.h"
#include "core/base/time.h"
#include "core/git/diff_text.h"

namespace pome::git {
namespace {

bool is_ascii(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

/// A header's text; RFC 2047 words ("q" encoding) when it is not plain ASCII.
std::string header_text(std::string_view text) {
  if (is_ascii(text)) return std::string(text);
  constexpr std::string_view kDigits = "0123456789ABCDEF";
  std::string out = "=?UTF-8?q?";
  for (const char c : text) {
    if (text::is_alpha(c) || text::is_digit(c)) {
      out += c;
      continue;
    }
    const auto byte = static_cast<unsigned char>(c);
    out += '=';
    out += kDigits[byte >> 4];
    out += kDigits[byte & 15];
  }
  return out + "?=";
}

/// A message's first paragraph as one line, and what follows it.
struct Message {
  std::string subject;
  std::string_view body;
};

Message split_message(std::string_view message) {
  Message out;
  while (!message.empty()) {
    const std::size_t end = std::min(message.find('\n'), message.size());
    const std::string_view line = text::trim_right(message.substr(0, end));
    message.remove_prefix(std::min(end + 1, message.size()));
    if (line.empty() && !out.subject.empty()) break;
    if (line.empty()) continue;
    text::append(out.subject, out.subject.empty() ? "" : " ", line);
  }
  out.body = text::trim_right(message);
  return out;
}

/// "Thu, 1 Jan 2026 00:00:00 +0000".
std::string mail_date(const Signature& signature) {
  std::string shown = time::http_date(signature.time + std::int64_t{60} * signature.offset_minutes);
  if (shown[5] == '0') shown.erase(5, 1);
  shown.resize(shown.size() - std::string_view("GMT").size());
  const int offset = std::abs(signature.offset_minutes);
  const std::string digits = text::cat(10000 + offset / 60 * 100 + offset % 60);
  return text::cat(shown, signature.offset_minutes < 0 ? "-" : "+", std::string_view(digits).substr(1));
}

void append_mail(std::string& out, const ObjectStore& store, const ObjectId& id, const std::string& mark) {
  const Commit& commit = *store.commit(id);
  const Commit* parent = commit.parents.empty() ? nullptr : store.commit(commit.parents.front());
  const std::vector<FileChange> changes = diff_trees(store, parent ? parent->tree : empty_tree_id(), commit.tree);
  const Message message = split_message(commit.message);
  text::append(out, "From ", id.hex(), " Mon Sep 17 00:00:00 2001\nFrom: ", header_text(commit.author.name), " <",
               commit.author.email, ">\nDate: ", mail_date(commit.author), "\nSubject: [PATCH", mark, "] ",
               header_text(message.subject), "\n");
  if (!is_ascii(commit.message)) {
    out += "MIME-Version: 1.0\nContent-Type: text/plain; charset=UTF-8\nContent-Transfer-Encoding: 8bit\n";
  }
  text::append(out, "\n", message.body, message.body.empty() ? "" : "\n");
  if (!changes.empty()) text::append(out, "---\n", diff_stat(store, changes), "\n", diff_text(store, changes));
}

}  // namespace

std::string mail_patches(const ObjectStore& store, const std::vector<ObjectId>& commits) {
  std::string out;
  const std::string count = text::cat(commits.size());
  for (std::size_t i = 0; i < commits.size(); ++i) {
    std::string number = text::cat(i + 1);
    number.insert(0, count.size() - number.size(), '0');
    if (i != 0) out += '\n';
    append_mail(out, store, commits[i], commits.size() == 1 ? std::string() : text::cat(" ", number, "/", count));
  }
  return out;
}

}  // namespace pome::git
