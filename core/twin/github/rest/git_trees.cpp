#include <vector>

#include "core/twin/github/model/git_objects.h"
#include "core/twin/github/rest/routes.h"
#include "core/twin/github/rest/shapes.h"

/// Trees of the git database.
namespace pome::twin::github::rest {

namespace {

constexpr std::string_view kModes[] = {"100644", "100755", "040000", "160000", "120000"};
constexpr std::string_view kTypes[] = {"blob", "tree", "commit"};
constexpr Field kEntry[] = {optional("path"), one_of(optional("mode"), kModes), one_of(optional("type"), kTypes),
                            nullable("sha"), optional("content")};
constexpr Field kCreateTree[] = {required("tree", Type::objects, kEntry), optional("base_tree")};

struct TreeRow {
  std::string path;
  git::Mode mode = git::Mode::file;
  git::ObjectId id;
};

/// GitHub stops a recursive listing after this many entries.
constexpr std::size_t kMostEntries = 100'000;

/// The entries of a tree, with all below them when `recursive`; false when the listing was cut off.
bool collect(const git::ObjectStore& store, const git::ObjectId& id, const std::string& prefix, bool recursive,
             std::vector<TreeRow>& out) {
  const git::Tree* tree = store.tree(id);
  if (!tree) return true;
  for (const git::TreeEntry& entry : tree->entries) {
    if (out.size() == kMostEntries) return false;
    const std::string path = prefix + entry.name;
    out.push_back({path, entry.mode, entry.id});
    if (!recursive || entry.mode != git::Mode::tree) continue;
    if (!collect(store, entry.id, path + "/", true, out)) return false;
  }
  return true;
}

std::string_view type_of(git::Mode mode) {
  if (mode == git::Mode::tree) return "tree";
  return mode == git::Mode::commit ? "commit" : "blob";
}

void write_row(JsonWriter& json, const Context& context, const std::string& repo, const TreeRow& row) {
  const std::string_view type = type_of(row.mode);
  json.begin_object().field("path", row.path);
  json.field("mode", row.mode == git::Mode::tree ? "040000" : git::mode_text(row.mode));
  json.field("type", type).field("sha", row.id.hex());
  if (const std::string* blob = context.world.objects.blob(row.id)) json.field("size", blob->size());
  if (row.mode != git::Mode::commit) link(json, "url", repo, "/git/", type, "s/", row.id.hex());
  json.end_object();
}

/// git-tree.
Reply tree_answer(const Context& context, int status, const git::ObjectId& id, bool recursive) {
  const std::string repo = api_url(context, *context.repository);
  std::vector<TreeRow> rows;
  const bool whole = collect(context.world.objects, id, "", recursive, rows);
  return json_answer(status, [&](JsonWriter& json) {
    json.begin_object().field("sha", id.hex());
    link(json, "url", repo, "/git/trees/", id.hex());
    json.key("tree").begin_array();
    for (const TreeRow& row : rows) write_row(json, context, repo, row);
    json.end_array().field("truncated", !whole).end_object();
  });
}

/// Takes a tree's id, or a commit, branch or tag, whose tree it answers.
Reply get_tree(Context& context) {
  const std::string_view asked = context.path[2];
  const bool recursive = context.query.get("recursive").has_value();
  if (model::refs_of(context.world, context.repo(), "refs/").empty()) return errors::git_repository_is_empty();
  const auto id = git::ObjectId::from_hex(asked);
  if (id && model::has_object_of(context.world, context.repo(), *id, git::ObjectType::tree)) {
    return tree_answer(context, 200, *id, recursive);
  }
  const auto commit = model::resolve_commit(context.world, context.repo(), asked);
  if (asked.empty() || !commit) return errors::not_found();
  return tree_answer(context, 200, context.world.objects.commit(*commit)->tree, recursive);
}

model::NewTreeEntry entry_of(const Input& input) {
  model::NewTreeEntry entry;
  entry.path = input.text("path", "");
  entry.mode = input.text("mode", entry.mode);
  entry.type = input.text("type");
  entry.sha = input.text_patch("sha");
  entry.content = input.text("content");
  return entry;
}

Reply create_tree(Context& context) {
  std::vector<model::NewTreeEntry> entries;
  for (const Input& row : context.body.objects("tree")) entries.push_back(entry_of(row));
  const auto id = model::create_tree(context.action, context.repo(), context.body.text("base_tree"), entries);
  if (!id) return id.refusal();
  Reply reply = tree_answer(context, 201, *id, false);
  reply.location(text::cat(api_url(context, *context.repository), "/git/trees/", id->hex()));
  return reply;
}

constexpr Route kRoutes[] = {
    {.method = Method::get,
     .path = "/repos/{owner}/{repo}/git/trees/{tree_sha}",
     .operation = "git/get-tree",
     .docs = "git/trees#get-a-tree",
     .tools = {"get_repository_tree"},
     .tail = Tail::rest,
     .handle = get_tree},
    {.method = Method::post,
     .path = "/repos/{owner}/{repo}/git/trees",
     .operation = "git/create-tree",
     .docs = "git/trees#create-a-tree",
     .tools = {"push_files"},
     .body = {kCreateTree},
     .handle = create_tree},
};

}  // namespace

std::span<const Route> git_tree_routes() { return kRoutes; }

}  // namespace pome::twin::github::rest
