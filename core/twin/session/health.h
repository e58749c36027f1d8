#pragma once
#include <cstdint>
#include <string>
#include <string_view>

#include "core/twin/session/session.h"

/// Bodies of the health routes (JSON).
namespace pome::twin {

std::string session_healthz(std::string_view sid);                            ///< <mount>/healthz: {ok, sid}
std::string session_health(const RuntimeInfo& runtime, std::uint64_t calls);  ///< <mount>/_pome/health
std::string standalone_healthz(const RuntimeInfo& runtime);                   ///< /healthz of a standalone twin

}  // namespace pome::twin
