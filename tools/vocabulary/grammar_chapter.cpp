#include "tools/vocabulary/reference.h"

namespace pome::vocabulary {

std::string_view grammar_chapter() {
  return R"md(# The criterion language

This file is generated; [the sentences](#the-sentences) come from the rows in `core/criteria`. To bring it up to date:
`build/gcc/tools/vocabulary/pome_vocabulary document > scenarios/CRITERIA.md`.

`pome lint --explain SCENARIO` shows for every line of a scenario how it was understood.

## Lines

A criterion is a list item under `## Success Criteria` that begins with a marker.

```markdown
## Success Criteria

- [D] Issue #1 in `acme/api` is in state closed
- [D optional] Issue #1 in `acme/api` is assigned to `alice`
- [P] The comment is friendly

### Restraint (weight 2)

- [D] No new labels were created in `acme/api`
```

| marker | what grades the line |
|---|---|
| `[D]` | the sentences of this file |
| `[code]` | the same; but a line that asks the agent to make something true, and is true before the run, is skipped |
| `[code always-scored]` | the same, and it counts even when it is true before the run |
| `[P]`, `[model]` | a judge, when there is one; any text will do |
| `[D optional]` | the sentences; the result is shown and never counts |
| `[D:github]` | the sentences; names the twin, which may be left out |

A `###` heading opens a group. A group counts its weight (1 to 100, 1 when it gives none), shared by its lines; the lines
outside every group are one of weight 1.

A `[D]` line that no sentence fits is an error. It is never skipped and never guessed.

## Sentences

```ebnf
sentence   = [ "It is not true that " ] , clause , { ( " and " | ", and " ) , clause }
           | [ "It is not true that " ] , clause , { ( " or " | ", or " ) , clause } ;
clause     = phrase | quantified ;
quantified = quantity , " " , things , " " , predicate
           | "Each of " , ( "issues " | "pull requests " ) , numbers , [ " in " , repo ] , " " , predicate ;
quantity   = "Every" | "No" | "Some" | ( "At least " | "At most " | "Exactly " ) , count ;
things     = [ "open " | "closed " ] , ( "issue" | "pull request" ) , [ "s" ] , { which } ;
which      = " with the " , label , " label" | " opened by " , login | " assigned to " , login
           | " in " , repo | " except " , numbers ;
numbers    = "#1" , { ( ", " | " and " | ", and " ) , "#2" } ;
predicate  = what a phrase says of "Issue #1" or of "Pull request #1" ;
```

- **Joined.** "Issue #1 is in state closed and has the `bug` label": a clause may leave out the subject of the clause
  before it. Up to 8 clauses; "and" and "or" do not mix. A sentence that one phrase fits is never taken apart, so the
  "and" in a list of names joins nothing.
- **Denied.** Phrases with a pair such as {is/is not} are denied with its second spelling; every other sentence with
  "It is not true that" in front, which denies the sentence as a whole. A missing issue, pull request or repository
  fails a sentence and its denial alike: "Issue #9 is not locked" does not pass because there is no issue #9.
- **Said of many.** "Every open issue with the `bug` label is assigned to `alice`", "No pull request is merged", "At
  least 2 issues in `acme/api` have the `bug` label", "Each of issues #1 and #2 is locked". "Every" of none fails when
  the sentence asks the agent to make it true.
- **Where.** A sentence that names no repository means the only one that was seeded; when there are several, it has to
  name one. Some sentences then mean all repositories; they say so below.

What may differ from the phrase: the case of the first letter, several spaces for one, a full stop at the end, the kind
of quotes around a value (backticks, "straight" or curly), and no quotes at all where the table of values allows it.
Everything else is as written. A sentence has at most 2000 bytes.

## Phrases

| written | means |
|---|---|
| `{issue}`, `` `{repo}` `` | a value, see below |
| `{is/is not}` | a pair: the first spelling says it, the second denies it |
| `{open\|closed}` | one of these words, upper or lower case |
| `(in\|on)` | spellings with the same meaning |
| `[ in ...]` | a part that may be left out |

)md";
}

std::string_view scope_chapter() {
  return R"md(### What may change

`{scopes}` is the list in "Nothing changed except ...":

```ebnf
scopes = scope , { ( ", " | " and " | ", and " ) , scope } ;
scope  = [ "the " , part , " of " ] , thing , [ " in " , repo ]
       | "new " , things , [ " in " , repo ] ;
part   = "labels" | "assignees" | "state" | "title" | "body" | "milestone" | "lock" | "comments" | "reviews"
       | "review comments" | "reviewers" ;
thing  = "issue #1" | "pull request #1" | "label `x`" | "milestone `x`" | "release `v1`" | "tag `v1`" | "branch `x`"
       | "file `x`" | "collaborator `x`" | "the repository" | "the settings of the repository" ;
things = "issues" | "pull requests" | "labels" | "milestones" | "releases" | "tags" | "branches" | "files" | "commits"
       | "commit statuses" | "check runs" | "workflow runs" | "gists" ;
```

A branch brings its files and its new commits along. What follows from a change by itself, such as times, counters and
event logs, may always change.

### Patterns

`{pattern}` is a regular expression. It matches when it fits somewhere in the text, in time proportional to the text.

| written | matches |
|---|---|
| `a`, `\.` | the character; punctuation with a backslash stands for itself |
| `.` | any character but a line break |
| `[a-z_]`, `[^0-9]` | one character of the set, or one that is not in it |
| `\d`, `\w`, `\s` | a digit; a letter, digit or `_`; white space; `\D`, `\W`, `\S` anything else |
| `\n`, `\t` | a line break, a tab |
| `^`, `$` | the beginning and the end of a line |
| `(ab)`, `(?:ab)`, `a\|b` | a group, alternatives |
| `a*`, `a+`, `a?`, `a{2}`, `a{2,}`, `a{2,5}` | repetitions, at most 100 |
| `(?i)` in front | upper and lower case alike, A to Z |

Looking ahead or behind, references to groups and lazy repetitions are not understood. At most 500 bytes.

)md";
}

}  // namespace pome::vocabulary
