#pragma once
#include "core/twin/github/rest/search.h"

/// What the terms of an issue search mean.
namespace pome::twin::github::rest {

extern const std::span<const SearchQualifier> kIssueQualifiers;

/// An issue under a search. Rows live as long as the world the call reads.
struct SearchedIssue {
  const model::World& world;
  const model::Repository& repository;
  const model::Issue& issue;
  const model::PullRequest* pull = nullptr;
};

/// Where words are looked for.
struct IssueTexts {
  bool title = true;
  bool body = true;
  bool comments = true;
};

/// Whether one term, negation aside, holds for an issue.
bool issue_term_holds(const SearchedIssue& row, const model::SearchNode& term, const IssueTexts& texts);

}  // namespace pome::twin::github::rest
