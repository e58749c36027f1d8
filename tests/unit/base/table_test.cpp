#include "core/base/table.h"

#include <gtest/gtest.h>

#include <map>
#include <string>

#include "core/base/table_impl.h"

template class pome::TableCore<int, std::less<>>;
template class pome::TableCore<std::string, std::less<>>;

namespace pome {
namespace {

using Numbers = Table<int, std::string>;

std::map<int, std::string> content(const Numbers& table) {
  std::map<int, std::string> out;
  int previous = INT32_MIN;
  for (const auto& [key, row] : table) {
    EXPECT_LT(previous, key) << "keys come in order";
    previous = key;
    out[key] = *row;
  }
  return out;
}

TEST(Table, BehavesLikeAMapUnderRandomWork) {
  Numbers table;
  std::map<int, std::string> model;
  unsigned state = 12345;
  for (int step = 0; step < 20000; ++step) {
    state = state * 1664525U + 1013904223U;
    const int key = static_cast<int>(state >> 16) % 700;
    if ((state >> 8) % 3 == 0) {
      EXPECT_EQ(table.erase(key) != nullptr, model.erase(key) > 0);
    } else {
      const std::string value = std::to_string(step);
      EXPECT_EQ(table.put(key, std::make_shared<const std::string>(value)) != nullptr, model.count(key) > 0);
      model[key] = value;
    }
    ASSERT_EQ(table.size(), model.size());
  }
  EXPECT_EQ(content(table), model);
  for (int key = -1; key <= 700; ++key) {
    EXPECT_EQ(table.find(key) != nullptr, model.count(key) > 0);
    const auto expected = model.lower_bound(key);
    const auto found = table.lower_bound(key);
    ASSERT_EQ(found == table.end(), expected == model.end());
    if (expected != model.end()) {
      EXPECT_EQ(found->key, expected->first);
    }
  }
}

TEST(Table, CopiesKeepTheirContent) {
  Numbers table;
  for (int i = 0; i < 500; ++i) table.put(i, std::make_shared<const std::string>("old"));
  const Numbers snapshot = table;
  for (int i = 0; i < 500; i += 2) table.erase(i);
  table.put(1, std::make_shared<const std::string>("new"));
  EXPECT_EQ(snapshot.size(), 500U);
  EXPECT_EQ(*snapshot.find(1), "old");
  EXPECT_EQ(*table.find(1), "new");
  EXPECT_EQ(content(snapshot).size(), 500U);
  EXPECT_EQ(table.size(), 250U);
}

TEST(Table, SharesUntouchedRows) {
  Numbers table;
  for (int i = 0; i < 100; ++i) table.put(i, std::make_shared<const std::string>("row"));
  Numbers copy = table;
  copy.put(5, std::make_shared<const std::string>("other"));
  EXPECT_EQ(copy.get(6), table.get(6));
  EXPECT_NE(copy.get(5), table.get(5));
}

TEST(Table, KeepsARowThatIsTakenOut) {
  Numbers table;
  table.put(1, std::make_shared<const std::string>("row"));
  const std::shared_ptr<const std::string> kept = table.begin()->row;
  table.erase(1);
  EXPECT_EQ(*kept, "row");
  EXPECT_EQ(table.size(), 0U);
  EXPECT_EQ(table.begin(), table.end());
}

TEST(Table, FindsStringsByView) {
  Table<std::string, int> table;
  table.put("b", std::make_shared<const int>(2));
  const std::string_view key = "b";
  EXPECT_EQ(*table.find(key), 2);
  EXPECT_EQ(*table.get("b"), 2);
  EXPECT_EQ(table.lower_bound("a")->key, "b");
  EXPECT_EQ(table.lower_bound("c"), table.end());
}

TEST(Table, EmptyTableHasNoEntries) {
  const Numbers table;
  EXPECT_TRUE(table.empty());
  EXPECT_EQ(table.begin(), table.end());
  EXPECT_EQ(table.lower_bound(1), table.end());
  EXPECT_EQ(table.find(1), nullptr);
}

}  // namespace
}  // namespace pome
