#pragma once
#include <memory>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace pome {
class JsonWriter;
}

namespace pome::twin::github::model {

struct World;
struct User;
struct Repository;
struct Collaborator;
struct Label;
struct Milestone;
struct Issue;
struct Comment;
struct PullRequest;
struct Review;
struct ReviewComment;
struct CommitStatus;
struct CheckRun;
struct Ref;
struct Release;

/// A row before and after one mutation: null before = created, null after = deleted. Rows carry their own keys.
template <class Row>
struct Edit {
  std::shared_ptr<const Row> before;
  std::shared_ptr<const Row> after;
};

/// Which part of an issue a call was about: the tape shows only that part.
enum class Aspect { row, labels, assignees };

/// One mutation of one row. The rows are shared with the world, so a journal costs no copies.
struct Change {
  using Rows = std::variant<Edit<Issue>, Edit<Comment>, Edit<Label>, Edit<Milestone>, Edit<Collaborator>,
                            Edit<Repository>, Edit<User>, Edit<PullRequest>, Edit<Review>, Edit<ReviewComment>,
                            Edit<CommitStatus>, Edit<CheckRun>, Edit<Ref>, Edit<Release>>;
  Rows rows;
  bool asked =
      true;  ///< what the caller asked for; false: what followed from it (a moved updated_at, a label made on the way)
  Aspect aspect = Aspect::row;
};

/// The changes of one call, in order.
using Journal = std::vector<Change>;

/// "issue", "comment", "label" ...: the kind of row a change is about.
std::string_view kind_of(const Change& change);

/// Writes the recorder's `state_delta`: {"before": row or null, "after": row or null} of the first change that was
/// asked for, in the shapes of the recorder contract; null when nothing changed. `before` and `after` are the worlds
/// around the call: label and repository names are looked up in them.
void write_state_delta(JsonWriter& out, const World& before, const World& after, const Journal& journal);

}  // namespace pome::twin::github::model
