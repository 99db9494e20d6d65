/// HTTP: routes, conventions, problem details, the event stream. The only place that knows statuses
/// and headers.
@org.springframework.modulith.ApplicationModule(
    displayName = "HTTP API",
    allowedDependencies = {
      "assistant",
      "documents",
      "events",
      "expression",
      "guard",
      "notifications",
      "platform",
      "providers",
      "review",
      "sources",
      "testing",
      "validation",
      "webhooks",
      "workflow",
      "workflow :: dryrun",
      "testing :: runs",
      "testing :: reports"
    })
@NullMarked
package io.sluice.api;

import org.jspecify.annotations.NullMarked;
