#include "tools/vocabulary/reference.h"

#include <gtest/gtest.h>

#include <set>

#include "tests/support/data.h"

namespace pome::vocabulary {
namespace {

TEST(Reference, IsUpToDate) {
  EXPECT_TRUE(test::read_file("scenarios/CRITERIA.md") == reference())
      << "The vocabulary has changed. Write its reference anew: "
         "build/gcc/tools/vocabulary/pome_vocabulary document > scenarios/CRITERIA.md";
}

TEST(Reference, HasEveryRowOnce) {
  std::set<const criteria::Row*> seen;
  for (const Topic& topic : topics()) {
    for (const criteria::Row& row : topic.rows()) EXPECT_TRUE(seen.insert(&row).second) << row.id;
  }
  for (const criteria::Row* row : criteria::all_rows()) EXPECT_EQ(seen.count(row), 1u) << row->id;
  EXPECT_EQ(seen.size(), criteria::all_rows().size());
}

}  // namespace
}  // namespace pome::vocabulary
