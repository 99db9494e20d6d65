/// The running engine: the only place that starts threads.
///
/// Control loops (claimers, pulse, recorder, listener) are platform threads, so that handlers that
/// keep the CPU busy, which virtual threads do not share fairly, can not keep a lease from being
/// renewed. Handlers run on virtual threads.
///
/// The path of a job: [io.sluice.engine.engine.Claimer] takes it, [io.sluice.engine.engine.JobRun]
/// runs it, [io.sluice.engine.engine.Scope] is what its handler sees,
/// [io.sluice.engine.engine.Ledger] records for it.
@NullMarked
package io.sluice.engine.engine;

import org.jspecify.annotations.NullMarked;
