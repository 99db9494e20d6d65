/// HTTP: routes, conventions, problem details, the event stream. The only place that knows statuses
/// and headers.
@org.springframework.modulith.ApplicationModule(
    displayName = "HTTP API",
    allowedDependencies = {
      "documents",
      "events",
      "expression",
      "guard",
      "platform",
      "providers",
      "review",
      "validation",
      "webhooks",
      "workflow",
      "workflow :: dryrun"
    })
@NullMarked
package io.sluice.api;

import org.jspecify.annotations.NullMarked;
