#pragma once
#include <optional>
#include <string>

#include "core/git/object.h"
#include "core/twin/github/model/row.h"

namespace pome::twin::github::model {

/// A person as a request names them.
struct Person {
  std::string name;
  std::string email;
  std::optional<Time> date;  ///< nothing: now
  int offset_minutes = 0;    ///< east of UTC, as the date was written
};

/// Who made a commit and who stored it; nothing means the default of the operation.
struct CommitPeople {
  std::optional<Person> author;
  std::optional<Person> committer;
};

git::Signature signature_of(const Person& person, Time now);

}  // namespace pome::twin::github::model
