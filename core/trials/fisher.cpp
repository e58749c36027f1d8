#include "core/trials/fisher.h"

#include <algorithm>

#include "core/trials/natural.h"

namespace pome::trials {
namespace {

constexpr std::uint32_t kOneIn = 20;  // 5 %

std::uint32_t product(std::int64_t a, std::int64_t b) { return static_cast<std::uint32_t>(a * b); }

/// C(total, passed), or a multiple of it, for one more trial.
void add_trial(Natural& ways, Rate& rate, bool passed) {
  ways.multiply(static_cast<std::uint32_t>(++rate.total));
  if (passed) ++rate.passed;
  ways.divide(static_cast<std::uint32_t>(passed ? rate.passed : rate.total - rate.passed));
}

/// Two rates as a table with fixed margins. A table is named by x, the passes of A; its weight is the number of ways to
/// draw it, C(n, x) C(m, c - x), and weights rise to one peak.
class Table {
 public:
  Table(const Rate& a, const Rate& b) : observed_(1), all_(1) { grow(a, b); }

  /// Goes on to larger sides.
  void grow(const Rate& a, const Rate& b) {
    grow_side(a_, a);
    grow_side(b_, b);
  }

  /// The weight of all tables that are at most as likely as this one.
  Natural unlikely() const { return tail(false); }
  const Natural& all() const { return all_; }

  bool significant() const { return !beyond_limit(tail(true)); }

 private:
  void grow_side(Rate& side, const Rate& wanted) {
    while (side.total < wanted.total) {
      const bool passed = side.passed < wanted.passed;
      add_trial(observed_, side, passed);
      add_trial(all_, both_, passed);
    }
  }

  bool beyond_limit(Natural weight) const { return weight.multiply(kOneIn).compare(all_) > 0; }

  /// `decide`: only as far as it takes to know whether it is beyond the limit.
  Natural tail(bool decide) const {
    const std::int64_t n = a_.total;
    const std::int64_t m = b_.total;
    const std::int64_t c = both_.passed;
    Natural sum = observed_;
    const auto done = [&](const Natural& weight) {
      if (weight.compare(observed_) <= 0) sum.add(weight);
      return decide && beyond_limit(sum);
    };
    if (decide && beyond_limit(sum)) return sum;
    Natural weight = observed_;
    for (std::int64_t x = a_.passed; x > std::max<std::int64_t>(0, c - m); --x) {
      weight.multiply(product(x, m - c + x)).divide(product(n - x + 1, c - x + 1));
      if (done(weight)) return sum;
    }
    weight = observed_;
    for (std::int64_t x = a_.passed; x < std::min(n, c); ++x) {
      weight.multiply(product(n - x, c - x)).divide(product(x + 1, m - c + x + 1));
      if (done(weight)) return sum;
    }
    return sum;
  }

  Rate a_;
  Rate b_;
  Rate both_;
  Natural observed_;
  Natural all_;
};

/// The side after `more` trials at its rate.
Rate extended(const Rate& rate, std::int64_t more) {
  const std::int64_t total = rate.total + more;
  return {(2 * rate.passed * total + rate.total) / (2 * rate.total), total};
}

}  // namespace

std::int64_t fisher_p(const Rate& a, const Rate& b) {
  if (a.total == 0 || b.total == 0) return millionths(1, 1);
  const Table table(a, b);
  return millionths(table.unlikely(), table.all());
}

bool differ(const Rate& a, const Rate& b) {
  if (a.total == 0 || b.total == 0) return false;
  return Table(a, b).significant();
}

std::optional<std::int64_t> additional_trials(const Rate& a, const Rate& b) {
  if (a.total == 0 || b.total == 0 || a.passed * b.total == b.passed * a.total) return std::nullopt;
  Table table(a, b);
  for (std::int64_t more = 1; more <= kMostAdditionalTrials; ++more) {
    table.grow(extended(a, more), extended(b, more));
    if (table.significant()) return more;
  }
  return std::nullopt;
}

}  // namespace pome::trials
