#include "tools/cli/judge_endpoint.h"

#include <algorithm>
#include <array>
#include <utility>

#include "core/base/text.h"
#include "tools/server/host_rules.h"

namespace pome::cli {
namespace {

struct Provider {
  judge::Format format;
  std::string_view key_name;
  std::string_view base_name;
  std::string_view base_url;
  std::string_view model;
};

constexpr std::array<Provider, 3> kProviders = {
    Provider{judge::Format::openai, "OPENAI_API_KEY", "OPENAI_BASE_URL", "https://api.openai.com/v1", "gpt-4o-mini"},
    Provider{judge::Format::anthropic, "ANTHROPIC_API_KEY", "ANTHROPIC_BASE_URL", "https://api.anthropic.com",
             "claude-haiku-4-5"},
    Provider{judge::Format::gemini, "GEMINI_API_KEY", "GOOGLE_GEMINI_BASE_URL",
             "https://generativelanguage.googleapis.com", "gemini-2.5-flash"}};

constexpr std::string_view kBase = "POME_LLM_BASE_URL";
constexpr std::string_view kKey = "POME_LLM_API_KEY";
constexpr std::string_view kModel = "POME_LLM_MODEL";

std::string value_of(const Variables& own, std::string_view name) {
  const auto found = own.find(name);
  return found == own.end() ? std::string() : std::string(text::trim(found->second));
}

bool is_plain(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return c > ' ' && c < '\x7f'; });
}

bool is_local(std::string_view url) { return server::is_loopback_name(server::host_of_url(url)); }

/// Sets the endpoint's address, checked. The address itself is not repeated: it may hold a password.
Result<void> set_address(std::string url, std::string_view name, JudgeEndpoint& endpoint) {
  while (url.ends_with('/')) url.pop_back();
  if (url.find_first_of("@?#") != std::string::npos) {
    return fail("usage", text::cat(name, " must be an address alone: no user name, no ? and no #."));
  }
  const bool known = url.starts_with("https://") || url.starts_with("http://");
  if (!known || !is_plain(url) || server::host_of_url(url).empty()) {
    return fail("usage", text::cat(name, " must be an https:// URL, or http:// on this machine."));
  }
  if (url.starts_with("http://") && !is_local(url)) {
    return fail("usage", text::cat(name,
                                   " uses http:// to another machine, where a key and the run's texts could be "
                                   "read on the way. Use https://."));
  }
  endpoint.base_url = std::move(url);
  return {};
}

Result<JudgeEndpoint> own_endpoint(const Variables& own, std::string_view model) {
  JudgeEndpoint endpoint;
  endpoint.key = value_of(own, kKey);
  endpoint.key_name = std::string(kKey);
  endpoint.model = model.empty() ? value_of(own, kModel) : std::string(model);
  const std::string url = value_of(own, kBase);
  if (url.empty()) {
    return fail("usage", text::cat(endpoint.key.empty() ? kModel : kKey, " is set without ", kBase, ". Set ", kBase,
                                   " and ", kModel, " as well, or unset it."));
  }
  POME_CHECK(set_address(url, kBase, endpoint));
  if (endpoint.model.empty()) return fail("usage", text::cat(kBase, " is set without ", kModel, "; set both."));
  if (endpoint.key.empty() && !is_local(url)) {
    return fail("usage",
                text::cat(kBase, " is set without ", kKey, "; only an endpoint on this machine needs no key."));
  }
  return endpoint;
}

Result<JudgeEndpoint> provider_endpoint(const Variables& own, std::string_view model) {
  for (const Provider& provider : kProviders) {
    JudgeEndpoint endpoint;
    endpoint.key = value_of(own, provider.key_name);
    if (endpoint.key.empty()) continue;
    endpoint.format = provider.format;
    endpoint.key_name = std::string(provider.key_name);
    endpoint.model = std::string(model.empty() ? provider.model : model);
    const std::string url = value_of(own, provider.base_name);
    POME_CHECK(set_address(url.empty() ? std::string(provider.base_url) : url, provider.base_name, endpoint));
    return endpoint;
  }
  return fail("usage",
              "--judge needs a model to ask: set OPENAI_API_KEY, ANTHROPIC_API_KEY or GEMINI_API_KEY, or "
              "POME_LLM_BASE_URL and POME_LLM_MODEL (and POME_LLM_API_KEY) for an endpoint of your own.");
}

}  // namespace

Result<JudgeEndpoint> resolve_judge(const Variables& own, std::string_view model) {
  const std::array<std::string_view, 3> names = {kBase, kKey, kModel};
  const bool has_own =
      std::any_of(names.begin(), names.end(), [&](std::string_view name) { return !value_of(own, name).empty(); });
  POME_TRY(JudgeEndpoint endpoint, has_own ? own_endpoint(own, model) : provider_endpoint(own, model));
  if (!is_plain(endpoint.key)) {
    return fail("usage", text::cat(endpoint.key_name, " holds characters that no key has. Set it again."));
  }
  if (!is_plain(endpoint.model)) return fail("usage", "The judge's model name holds spaces or other odd characters.");
  return endpoint;
}

}  // namespace pome::cli
