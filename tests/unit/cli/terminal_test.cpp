#include "tools/cli/terminal.h"

#include <gtest/gtest.h>

namespace pome::cli {
namespace {

TEST(Printable, DropsWhatMovesTheCursorAndKeepsText) {
  EXPECT_EQ(printable("a\x1b[31mb\r\x7f\b"), "a[31mb");
  EXPECT_EQ(printable("two\nlines\tand \xC3\xA4 \xE2\x9C\x93"), "two\nlines\tand \xC3\xA4 \xE2\x9C\x93");
  EXPECT_EQ(printable("\xC2\x9B"
                      "2J\xC2\xA0\xC2\x85"),
            "2J\xC2\xA0")
      << "C1 controls work as escapes on some terminals";
  EXPECT_EQ(printable("cut \xC2"), "cut \xC2");
}

TEST(Paint, AddsNothingWhenItIsOff) {
  EXPECT_EQ(Paint(false)(Colour::red, "x"), "x");
  EXPECT_EQ(Paint(true)(Colour::red, "x"), "\x1b[31mx\x1b[0m");
  EXPECT_EQ(Paint(true)(Colour::plain, "x"), "x");
}

}  // namespace
}  // namespace pome::cli
