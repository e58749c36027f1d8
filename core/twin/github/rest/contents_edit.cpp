#include <utility>

#include "core/base/encoding.h"
#include "core/twin/github/model/file_edit.h"
#include "core/twin/github/rest/errors.h"
#include "core/twin/github/rest/people_input.h"
#include "core/twin/github/rest/routes.h"
#include "core/twin/github/rest/shape_commit.h"
#include "core/twin/github/rest/shape_content.h"

/// Writing and removing single files.
namespace pome::twin::github::rest {

namespace {

constexpr Field kPutFile[] = {required("message"),
                              required("content"),
                              optional("sha"),
                              optional("branch"),
                              optional("committer", Type::object, kPerson),
                              optional("author", Type::object, kPerson)};
constexpr Field kDeleteFile[] = {required("message"), required("sha"), optional("branch"),
                                 optional("committer", Type::object, kPartialPerson),
                                 optional("author", Type::object, kPartialPerson)};

model::FileEdit edit_of(Context& context) {
  model::FileEdit edit;
  edit.path = context.path[2];
  edit.message = context.body.text("message", "");
  edit.sha = context.body.text("sha");
  edit.branch = context.body.text("branch", "");
  edit.people.author = person(context, "author");
  edit.people.committer = person(context, "committer");
  return edit;
}

/// file-commit.
Reply edit_answer(const Context& context, const model::EditedFile& edited) {
  const int status = edited.created ? 201 : 200;
  return json_answer(status, [&](JsonWriter& json) {
    json.begin_object().key("content");
    if (edited.entry) {
      json.begin_object();
      write_entry_members(json, context, Located{edited.path, edited.branch, *edited.entry, {}, 0}, false);
      json.end_object();
    } else {
      json.null();
    }
    json.key("commit");
    write_git_commit(json, context, *context.repository, edited.commit);
    json.end_object();
  });
}

Reply put_file(Context& context) {
  model::FileEdit edit = edit_of(context);
  std::optional<std::string> bytes = encoding::from_base64(context.body.text("content", ""));
  if (!bytes) return errors::unprocessable("content is not valid Base64");
  edit.content = std::make_shared<const std::string>(std::move(*bytes));
  const auto edited = model::edit_file(context.action, context.repo(), edit);
  if (!edited) return edited.refusal();
  return edit_answer(context, *edited);
}

Reply delete_file(Context& context) {
  auto edited = model::edit_file(context.action, context.repo(), edit_of(context));
  if (!edited) return edited.refusal();
  edited->created = false;
  return edit_answer(context, *edited);
}

constexpr Route kRoutes[] = {
    {.method = Method::put,
     .path = "/repos/{owner}/{repo}/contents/{path}",
     .operation = "repos/create-or-update-file-contents",
     .docs = "repos/contents#create-or-update-file-contents",
     .tools = {"create_or_update_file", "push_files"},
     .tail = Tail::rest,
     .body = {kPutFile},
     .handle = put_file},
    {.method = Method::del,
     .path = "/repos/{owner}/{repo}/contents/{path}",
     .operation = "repos/delete-file",
     .docs = "repos/contents#delete-a-file",
     .tools = {"delete_file"},
     .tail = Tail::rest,
     .body = {kDeleteFile},
     .handle = delete_file},
};

}  // namespace

std::span<const Route> content_edit_routes() { return kRoutes; }

}  // namespace pome::twin::github::rest
