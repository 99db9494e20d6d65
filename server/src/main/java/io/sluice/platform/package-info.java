/// The ground: settings, database, engine, clock, JSON, problems, health and metrics. Knows no word
/// of any application.
///
/// Start order: PostgreSQL (embedded, unless `SLUICE_DATABASE_URL` names one), migrations as the
/// owner, the pool as the runtime role, the engine with every [io.sluice.platform.JobHandler], then
/// the web server. Stop order: the reverse, so that the database outlives all that uses it.
@org.springframework.modulith.ApplicationModule(
    displayName = "Platform",
    allowedDependencies = {})
@NullMarked
package io.sluice.platform;

import org.jspecify.annotations.NullMarked;
