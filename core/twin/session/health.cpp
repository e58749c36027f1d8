#include "core/twin/session/health.h"

#include "core/base/json_writer.h"
#include "core/twin/github/rest/api.h"

namespace pome::twin {
namespace {

constexpr std::string_view kImplementation = "pome";

void write_runtime(JsonWriter& out, const RuntimeInfo& runtime) {
  out.key("runtime").begin_object().field("package", "pome").field("version", runtime.version);
  out.field("git_sha", runtime.git_sha).field("build_time", runtime.build_time).end_object();
}

}  // namespace

std::string session_healthz(std::string_view sid) {
  std::string body;
  JsonWriter(body).begin_object().field("ok", true).field("sid", sid).end_object();
  return body;
}

std::string session_health(const RuntimeInfo& runtime, std::uint64_t calls) {
  std::string body;
  JsonWriter out(body);
  out.begin_object().field("ok", true).field("twin", "github").field("implementation", kImplementation);
  out.field("fidelity", "semantic").field("calls", calls);
  write_runtime(out, runtime);
  out.end_object();
  return body;
}

std::string standalone_healthz(const RuntimeInfo& runtime) {
  std::string body;
  JsonWriter out(body);
  out.begin_object().field("ok", true).field("twin", "github").field("implementation", kImplementation);
  out.field("tools", 0);  // the length of the MCP tool list, which is not served
  out.field("operations", github::rest::operations().size());
  write_runtime(out, runtime);
  out.field("fidelity", "semantic").end_object();
  return body;
}

}  // namespace pome::twin
