#pragma once
#include "core/control/scoring.h"

namespace pome::control {

/// Collects a finished run's documents, redacted: those in the request (base64), else those uploaded, else what the
/// running twin itself knows. Fails with `validation_failed` when a document is named but missing, is not base64, or
/// is not the JSON it should be.
Result<Documents> collect_documents(const Plane& plane, const Live& session, const Call& call,
                                    const redact::Redactor& redactor);

}  // namespace pome::control
