#include <iostream>
#include <string>
#include <vector>

#include "core/base/encoding.h"
#include "core/base/json.h"
#include "core/base/json_writer.h"
#include "core/git/archive.h"
#include "core/git/diff_text.h"
#include "core/git/diff_trees.h"
#include "core/git/graph.h"
#include "core/git/landing.h"
#include "core/git/mail_patch.h"
#include "core/git/merge.h"
#include "core/git/tree_edit.h"

// The git engine behind a pipe: one JSON object {"op", ...} a line in, one JSON value a line out. All operations work
// on one store. tests/e2e/git-parity.test.mjs asks the real git the same questions. Bytes travel as base64.
namespace {

using pome::Json;
using pome::JsonWriter;
using namespace pome::git;

std::string text_of(const Json& line, std::string_view key) {
  return std::string(pome::json::string_at(line, key).value_or(""));
}

std::string bytes_of(const Json& line, std::string_view key) {
  return pome::encoding::from_base64(text_of(line, key)).value_or("");
}

ObjectId id_of(const Json& line, std::string_view key) {
  return ObjectId::from_hex(text_of(line, key)).value_or(ObjectId{});
}

std::vector<ObjectId> ids_of(const Json& line, std::string_view key) {
  std::vector<ObjectId> out;
  for (const Json& item : pome::json::at(line, key)) out.push_back(*ObjectId::from_hex(item.get<std::string>()));
  return out;
}

bool flag_of(const Json& line, std::string_view key) { return pome::json::bool_at(line, key).value_or(false); }

void write_ids(JsonWriter& writer, const std::vector<ObjectId>& ids) {
  writer.begin_array();
  for (const ObjectId& id : ids) writer.value(id.hex());
  writer.end_array();
}

/// Stores an object from its payload; the id shows whether it came through unchanged, and is empty when it was refused.
std::string load(ObjectStore& store, const Json& line) {
  const std::string type = text_of(line, "type");
  const std::string payload = bytes_of(line, "data");
  if (type == "blob") return store.put_blob(std::make_shared<const std::string>(payload)).hex();
  if (type == "tree") {
    auto tree = decode_tree(payload);
    return tree ? store.put_tree(std::move(*tree)).hex() : "";
  }
  if (type == "commit") {
    auto commit = decode_commit(payload);
    return commit ? store.put_commit(std::move(*commit)).hex() : "";
  }
  auto tag = decode_tag(payload);
  return tag ? store.put_tag(std::move(*tag)).hex() : "";
}

void write_diff(JsonWriter& writer, const ObjectStore& store, const Json& line) {
  DiffOptions options;
  const std::string path = text_of(line, "path");
  options.path = path;
  options.renames = !flag_of(line, "no_renames");
  const std::vector<FileChange> changes = diff_trees(store, id_of(line, "from"), id_of(line, "to"), options);
  writer.begin_object().key("files").begin_array();
  for (const FileChange& change : changes) {
    const Patch counts = counts_of(store, change);
    writer.begin_object()
        .field("path", pome::encoding::base64(change.path))
        .field("previous", pome::encoding::base64(change.previous_path))
        .field("status", std::string(1, status_letter(change.status)))
        .field("similarity", change.similarity)
        .field("additions", counts.binary ? -1 : counts.additions)
        .field("deletions", counts.binary ? -1 : counts.deletions)
        .end_object();
  }
  writer.end_array();
  writer.field("text", pome::encoding::base64(diff_text(store, changes, {40, false}))).end_object();
}

void write_merge(JsonWriter& writer, const MergeResult& result) {
  writer.begin_object().field("tree", result.tree.hex()).key("conflicts").begin_array();
  for (const Conflict& conflict : result.conflicts) {
    writer.begin_object()
        .field("path", pome::encoding::base64(conflict.path))
        .field("kind", static_cast<int>(conflict.kind))
        .end_object();
  }
  writer.end_array().end_object();
}

std::string edit(ObjectStore& store, const Json& line) {
  std::vector<TreeChange> changes;
  for (const Json& item : pome::json::at(line, "changes")) {
    TreeChange change;
    change.path = bytes_of(item, "path");
    change.remove = flag_of(item, "remove");
    change.mode = mode_of_text(text_of(item, "mode")).value_or(Mode::file);
    change.id = id_of(item, "id");
    changes.push_back(std::move(change));
  }
  const auto tree = edit_tree(store, id_of(line, "base"), changes);
  return tree ? tree->hex() : tree.error().code;
}

void write_rebase(JsonWriter& writer, ObjectStore& store, const Json& line) {
  const Landing landing =
      land_rebase(store, id_of(line, "onto"), id_of(line, "head"),
                  {text_of(line, "name"), text_of(line, "email"), pome::json::integer_at(line, "time").value_or(0), 0});
  writer.begin_object().field("clean", landing.tip.has_value()).field("tip", landing.tip ? landing.tip->hex() : "");
  writer.key("commits");
  write_ids(writer, landing.commits);
  writer.field("stopped", landing.stopped ? landing.stopped->hex() : "").end_object();
}

std::string archive(const ObjectStore& store, const Json& line) {
  const ObjectId commit = id_of(line, "commit");
  const std::string prefix = text_of(line, "prefix");
  const ArchiveOptions options{prefix, store.commit(commit)->committer.time, commit};
  const std::string format = text_of(line, "format");
  if (format == "zip") return zip_archive(store, store.commit(commit)->tree, options).value();
  const std::string tar = tar_archive(store, store.commit(commit)->tree, options);
  return format == "tar" ? tar : gzip_stored(tar);
}

void write_answer(JsonWriter& writer, ObjectStore& store, const Json& line) {
  const std::string op = text_of(line, "op");
  if (op == "load") {
    writer.value(load(store, line));
  } else if (op == "diff") {
    write_diff(writer, store, line);
  } else if (op == "merge") {
    const std::string ours = text_of(line, "ours");
    const std::string theirs = text_of(line, "theirs");
    write_merge(writer, merge_commits(store, id_of(line, "ours"), id_of(line, "theirs"),
                                      {ours, theirs, flag_of(line, "folder_renames")}));
  } else if (op == "merge_bases") {
    write_ids(writer, merge_bases(store, id_of(line, "a"), id_of(line, "b")));
  } else if (op == "divergence") {
    const Divergence both = divergence(store, id_of(line, "base"), id_of(line, "head"));
    writer.begin_array().value(both.behind).value(both.ahead).end_array();
  } else if (op == "is_ancestor") {
    writer.value(is_ancestor(store, id_of(line, "a"), id_of(line, "b")));
  } else if (op == "history") {
    write_ids(writer, history(store, ids_of(line, "heads"),
                              {ids_of(line, "exclude"), bytes_of(line, "path"), flag_of(line, "first_parent")}));
  } else if (op == "between") {
    write_ids(writer, commits_between(store, id_of(line, "base"), id_of(line, "head")));
  } else if (op == "rebase") {
    write_rebase(writer, store, line);
  } else if (op == "edit") {
    writer.value(edit(store, line));
  } else if (op == "mail") {
    writer.value(pome::encoding::base64(mail_patches(store, ids_of(line, "commits"), {40, "2.39.5"})));
  } else if (op == "archive") {
    writer.value(pome::encoding::base64(archive(store, line)));
  } else if (op == "ref_name") {
    writer.value(is_valid_ref_name(bytes_of(line, "name")));
  } else {
    writer.value("unknown op " + op);
  }
}

}  // namespace

int main() {
  ObjectStore store;
  std::ios::sync_with_stdio(false);
  std::string text;
  while (std::getline(std::cin, text)) {
    const auto line = pome::json::parse(text);
    if (!line) {
      std::cerr << line.error().message << '\n';
      return 2;
    }
    std::string out;
    JsonWriter writer(out);
    write_answer(writer, store, *line);
    std::cout << out << '\n' << std::flush;
  }
  return 0;
}
