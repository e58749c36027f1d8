#pragma once
#include "core/http/message.h"
#include "core/twin/github/rest/api.h"
#include "core/twin/github/rest/rate_limit.h"
#include "core/twin/github/rest/reply.h"
#include "core/twin/github/rest/route.h"

namespace pome::twin::github::rest {

/// The HTTP response of a reply: GitHub's headers, validators, 304 and the empty body of HEAD.
/// `route` is nullptr for requests that reached none.
http::Response respond(const Call& call, const Route* route, const RateLimit& rate, Reply reply);

/// 501 with GitHub's headers.
http::Response respond_unsupported(const Call& call, const RateLimit& rate);

/// GitHub's id of a call; derived from the call's place in its session.
std::string github_request_id(const Call& call);

}  // namespace pome::twin::github::rest
