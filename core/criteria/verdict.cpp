#include "core/criteria/verdict.h"

#include <algorithm>

namespace pome::criteria {
namespace {

void append(std::vector<std::string>& out, const std::vector<std::string>& more) {
  for (const std::string& one : more) {
    if (std::find(out.begin(), out.end(), one) == out.end()) out.push_back(one);
  }
}

}  // namespace

Evidence::Evidence() = default;
Evidence::Evidence(const Evidence& other) = default;
Evidence::Evidence(Evidence&& other) noexcept = default;
Evidence& Evidence::operator=(const Evidence& other) = default;
Evidence& Evidence::operator=(Evidence&& other) noexcept = default;
Evidence::~Evidence() = default;

Evidence Evidence::state(std::string pointer) {
  Evidence evidence;
  evidence.add_state(std::move(pointer));
  return evidence;
}

Evidence Evidence::initial(std::string pointer) {
  Evidence evidence;
  evidence.add_initial(std::move(pointer));
  return evidence;
}

Evidence Evidence::calls(std::vector<std::string> request_ids) {
  Evidence evidence;
  evidence.calls_ = std::move(request_ids);
  return evidence;
}

Evidence Evidence::whole_tape(std::size_t calls) {
  Evidence evidence;
  evidence.inspected_ = calls;
  return evidence;
}

Evidence& Evidence::add_state(std::string pointer) {
  state_.push_back(std::move(pointer));
  return *this;
}

Evidence& Evidence::add_initial(std::string pointer) {
  initial_.push_back(std::move(pointer));
  return *this;
}

void Evidence::add(const Evidence& other) {
  append(state_, other.state_);
  append(initial_, other.initial_);
  append(calls_, other.calls_);
  inspected_ = std::max(inspected_, other.inspected_);
}

Verdict::Verdict(Outcome outcome, std::string expected, std::string found, Evidence evidence)
    : outcome_(outcome), expected_(std::move(expected)), found_(std::move(found)), evidence_(std::move(evidence)) {}
Verdict::Verdict(const Verdict& other) = default;
Verdict::Verdict(Verdict&& other) noexcept = default;
Verdict& Verdict::operator=(const Verdict& other) = default;
Verdict& Verdict::operator=(Verdict&& other) noexcept = default;
Verdict::~Verdict() = default;

Verdict Verdict::grade(bool holds, std::string expected, std::string found, Evidence evidence) {
  return {holds ? Outcome::passed : Outcome::failed, std::move(expected), std::move(found), std::move(evidence)};
}

Verdict Verdict::absent(std::string found, Evidence evidence) {
  Verdict verdict(Outcome::failed, {}, std::move(found), std::move(evidence));
  verdict.absent_ = true;
  return verdict;
}

Verdict Verdict::skip(std::string reason) { return {Outcome::skipped, {}, std::move(reason), Evidence()}; }

Verdict Verdict::denied() && {
  if (absent_ || outcome_ == Outcome::skipped) return std::move(*this);
  outcome_ = outcome_ == Outcome::passed ? Outcome::failed : Outcome::passed;
  denied_ = !denied_;
  return std::move(*this);
}

std::string Verdict::expected() const { return denied_ ? "not " + expected_ : expected_; }

std::string Verdict::reason() const {
  return expected_.empty() ? found_ : "expected " + expected() + "; found " + found_;
}

}  // namespace pome::criteria
