#include "core/twin/github/rest/search.h"

#include <algorithm>

#include "core/twin/github/rest/listing.h"

namespace pome::twin::github::rest {

namespace {

using model::SearchNode;

constexpr std::size_t kReachable = 1000;

ApiError refuse_query(std::string message) {
  ApiError error = errors::custom("Search", "q", std::move(message));
  error.errors.front().code = "invalid";
  return error;
}

const SearchQualifier* find_qualifier(std::span<const SearchQualifier> rows, std::string_view name) {
  const auto found =
      std::find_if(rows.begin(), rows.end(), [&](const SearchQualifier& row) { return row.name == name; });
  return found == rows.end() ? nullptr : &*found;
}

/// Resolves the terms of a query against the world.
class Resolver {
 public:
  Resolver(Context& context, std::span<const SearchQualifier> rows) : context_(context), rows_(rows) {}

  void resolve(SearchNode& term) {
    if (term.kind != SearchNode::Kind::qualifier) return;
    switch (find_qualifier(rows_, term.name)->value) {
      case SearchValue::text:
        return;
      case SearchValue::number:
        term.range = model::number_range(term.value).value_or(model::SearchRange{1, 0});
        return;
      case SearchValue::date:
        return date(term);
      case SearchValue::person:
        return person(term);
      case SearchValue::place:
        return place(term);
    }
  }

  void finish() {
    if (places_ == 0 || seen_places_ > 0) return;
    context_.refuse(
        refuse_query("The listed users and repositories cannot be searched either because the resources do not exist "
                     "or you do not have permission to view them."));
  }

 private:
  void date(SearchNode& term) {
    const auto range = model::date_range(term.value);
    if (range) {
      term.range = *range;
      return;
    }
    context_.refuse(refuse_query(
        text::cat("\"", term.value,
                  "\" is not a recognized date/time format. Please provide an ISO 8601 date/time value, such as "
                  "YYYY-MM-DD.")));
  }

  bool is_known(std::string_view login) const {
    return text::equals_ignore_case(login, context_.call.login) || model::find_user(context_.world, login);
  }

  void person(SearchNode& term) {
    if (!term.value.empty() && term.value.front() == '@') term.value.erase(0, 1);
    if (term.value == "me") term.value = std::string(context_.call.login);
    if (term.value == "*" || is_known(term.value)) return;
    context_.refuse(
        refuse_query("The listed users cannot be searched either because the users do not exist or you do not have "
                     "permission to view the users."));
  }

  void place(SearchNode& term) {
    if (!term.negated) ++places_;
    if (term.name == "repo") {
      const std::size_t slash = term.value.find('/');
      const model::RepositoryPtr repository =
          slash == std::string::npos
              ? nullptr
              : model::visible_repository(context_.world, context_.call.login, term.value.substr(0, slash),
                                          term.value.substr(slash + 1));
      term.id = repository ? repository->id : -1;
      if (repository && !term.negated) ++seen_places_;
      return;
    }
    if (term.value == "@me") term.value = std::string(context_.call.login);
    if (is_known(term.value) && !term.negated) ++seen_places_;
  }

  Context& context_;
  std::span<const SearchQualifier> rows_;
  int places_ = 0;
  int seen_places_ = 0;
};

/// The query's operators and qualifiers do not count against its length.
std::size_t text_length(const SearchNode& node) {
  std::size_t length = node.kind == SearchNode::Kind::text ? node.value.size() : 0;
  for (const SearchNode& part : node.parts) length += text_length(part);
  return length;
}

void collect_texts(const SearchNode& node, std::vector<const SearchNode*>& out) {
  if (node.negated) return;
  if (node.kind == SearchNode::Kind::text) out.push_back(&node);
  for (const SearchNode& part : node.parts) collect_texts(part, out);
}

void collect_qualifiers(const SearchNode& node, std::string_view name, std::vector<const SearchNode*>& out) {
  if (node.negated) return;
  if (node.kind == SearchNode::Kind::qualifier && node.name == name) out.push_back(&node);
  for (const SearchNode& part : node.parts) collect_qualifiers(part, name, out);
}

std::size_t characters(std::string_view text) {
  return static_cast<std::size_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return (c & '\xc0') != '\x80'; }));
}

/// The part of a text around a place in it, whole characters only.
std::string_view fragment_around(std::string_view text, std::size_t at) {
  constexpr std::size_t kBefore = 80;
  constexpr std::size_t kMost = 240;
  std::size_t begin = at > kBefore ? at - kBefore : 0;
  while (begin < at && begin > 0 && !text::is_space(text[begin - 1])) ++begin;
  return text::truncate_utf8(text.substr(begin), kMost);
}

void write_match(JsonWriter& json, std::string_view fragment, model::TextSpan span) {
  json.begin_object().field("text", fragment.substr(span.begin, span.end - span.begin));
  json.key("indices").begin_array().value(characters(fragment.substr(0, span.begin)));
  json.value(characters(fragment.substr(0, span.end))).end_array().end_object();
}

void write_matches_in(JsonWriter& json, const std::vector<const SearchNode*>& terms, std::string_view fragment) {
  json.key("matches").begin_array();
  for (const SearchNode* term : terms) {
    for (auto span = model::find_tokens(fragment, term->tokens); span;
         span = model::find_tokens(fragment, term->tokens, span->end)) {
      write_match(json, fragment, *span);
    }
  }
  json.end_array();
}

/// One entry for each text that holds one of the words: the place of the first, with all that stand near it.
void write_matches(JsonWriter& json, const Search& search, const FoundObject& found) {
  const std::vector<const SearchNode*> terms = search.texts();
  json.begin_array();
  for (const SearchedText& searched : found.texts) {
    std::optional<model::TextSpan> first;
    for (const SearchNode* term : terms) {
      const auto span = model::find_tokens(searched.text, term->tokens);
      if (span && (!first || span->begin < first->begin)) first = span;
    }
    if (!first) continue;
    const std::string_view fragment = fragment_around(searched.text, first->begin);
    json.begin_object().field("object_url", found.url).field("object_type", found.type);
    json.field("property", searched.property).field("fragment", fragment);
    write_matches_in(json, terms, fragment);
    json.end_object();
  }
  json.end_array();
}

}  // namespace

std::vector<const SearchNode*> Search::texts() const {
  std::vector<const SearchNode*> out;
  collect_texts(root, out);
  return out;
}

std::string_view Search::value_of(std::string_view name) const {
  std::vector<const SearchNode*> found;
  collect_qualifiers(root, name, found);
  return found.empty() ? std::string_view() : std::string_view(found.back()->value);
}

bool Search::looks_in(std::string_view place, bool usual) const {
  std::vector<const SearchNode*> found;
  collect_qualifiers(root, "in", found);
  if (found.empty()) return usual;
  return std::any_of(found.begin(), found.end(), [&](const SearchNode* term) {
    const std::vector<std::string_view> places = text::split(term->value, ',');
    return std::find(places.begin(), places.end(), place) != places.end();
  });
}

Search read_search(Context& context, std::span<const SearchQualifier> qualifiers,
                   std::span<const std::string_view> sorts) {
  Search out;
  const std::string_view accept = context.call.request.headers.get("accept").value_or(std::string_view());
  out.marks = text::contains(accept, "text-match");
  out.descending = lenient_choice(context, "order", {"desc", "asc"}) == "desc";
  const std::string_view sort = context.query.get("sort").value_or(std::string_view());
  if (std::find(sorts.begin(), sorts.end(), sort) != sorts.end()) out.sort = sort;
  const std::string_view written = context.query.get("q").value_or(std::string_view());
  if (text::trim(written).empty()) {
    context.refuse(errors::missing("Search", "q"));
    return out;
  }
  model::SearchQuery query =
      model::parse_search(written, [&](std::string_view name) { return find_qualifier(qualifiers, name) != nullptr; });
  constexpr std::size_t kLongest = 256;
  constexpr int kMostOperators = 5;
  if (text_length(query.root) > kLongest) {
    context.refuse(refuse_query("The search is longer than 256 characters."));
  } else if (query.operators > kMostOperators) {
    context.refuse(refuse_query("More than five AND / OR / NOT operators were used."));
  }
  Resolver resolver(context, qualifiers);
  model::for_each_term(query.root, [&](SearchNode& term) { resolver.resolve(term); });
  resolver.finish();
  out.root = std::move(query.root);
  return out;
}

bool is_place(const SearchNode& term, const model::Repository& repository) {
  return term.name == "repo" ? term.id == repository.id : text::equals_ignore_case(term.value, repository.owner);
}

std::optional<bool> repository_is(const model::Repository& repository, std::string_view word) {
  if (word == "public") return !repository.is_private;
  if (word == "private") return repository.is_private;
  if (word == "archived") return repository.archived;
  if (word == "fork") return repository.parent != 0;
  return std::nullopt;
}

Reply search_page(const Context& context, std::size_t count, FunctionRef<void(JsonWriter&, std::size_t)> write) {
  return search_page(context, count, write, [](JsonWriter&) {});
}

Reply search_page(const Context& context, std::size_t count, FunctionRef<void(JsonWriter&, std::size_t)> write,
                  FunctionRef<void(JsonWriter&)> extra) {
  const Page page = page_of(context.query);
  const std::size_t first = (page.number - 1) * page.size;
  if (first >= kReachable) return errors::unprocessable("Only the first 1000 search results are available");
  const std::size_t reachable = std::min(count, kReachable);
  Reply reply = json_answer(200, [&](JsonWriter& json) {
    json.begin_object().field("total_count", count).field("incomplete_results", false).key("items").begin_array();
    for (std::size_t i = first; i < std::min(first + page.size, reachable); ++i) write(json, i);
    json.end_array();
    extra(json);
    json.end_object();
  });
  reply.link(link_header(context.call, page, reachable));
  return reply;
}

std::int64_t name_score(const std::vector<const SearchNode*>& texts, std::string_view name) {
  return std::count_if(texts.begin(), texts.end(),
                       [&](const SearchNode* text) { return model::find_tokens(name, text->tokens).has_value(); });
}

void write_found(JsonWriter& json, const Search& search, const FoundObject& found,
                 FunctionRef<void(JsonWriter&)> write_row) {
  std::string text;
  JsonWriter row(text);
  write_row(row);
  text.pop_back();  // the brace that ends the row: its last members follow
  text.append(",\"score\":1.0");
  if (search.marks) {
    text.append(",\"text_matches\":");
    JsonWriter matches(text);
    write_matches(matches, search, found);
  }
  text.push_back('}');
  json.raw(text);
}

}  // namespace pome::twin::github::rest
