/// The durable core: jobs, steps and schedules on PostgreSQL.
@NullMarked
package io.sluice.engine;

import org.jspecify.annotations.NullMarked;
