/// HTTP: routes, conventions, problem details, the event stream. The only place that knows statuses
/// and headers.
@org.springframework.modulith.ApplicationModule(
    displayName = "HTTP API",
    allowedDependencies = {
      "assistant", "documents", "events", "guard", "platform", "providers", "review"
    })
@NullMarked
package io.sluice.api;

import org.jspecify.annotations.NullMarked;
