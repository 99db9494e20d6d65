/// What every outbound HTTP call of the server goes through: circuit breakers, rate limits, time
/// and size limits, and the rule of which addresses may be called at all.
///
/// ## Words
///
/// - A **service** is the name under which calls to one other system are guarded together.
/// - Its **circuit breaker** lets calls pass (`CLOSED`), refuses them for a while (`OPEN`), or lets
///   a few of them try (`HALF_OPEN`). One a tenant and service, made by the first call.
/// - A **window** is what was counted of late: calls, failures, slow calls.
/// - A **permit** is the right to one trial call while a breaker is half-open.
/// - The **ramp** is how calls come back after a breaker closed: in growing waves.
/// - A **quorum** of nodes must fail before a breaker opens: two, where two have called.
/// - A call that is **not now** was not made and costs nothing; the caller parks until its time.
/// - **Sockets** are for what is not HTTP: only the rule of addresses holds for them.
///
/// ## Who decides what
///
/// PostgreSQL has the truth: states, permits, windows, rate limits, and the time that they are
/// reckoned by. A node counts its calls in memory, writes what was added once a second, and knows
/// states as of the last second. A change of state is a compare-and-set on the breaker's
/// generation; whoever wins it writes the line of history and the event in the same transaction.
/// Between two looks a node's own breaker protects it, and it alone.
///
/// The picture of the states is in `docs/states/circuit-breaker.md`.
///
/// ## What happens at each failure
///
/// | what fails | what happens |
/// |---|---|
/// | a node dies with counts in memory | what it had counted since its last second is missing from the window |
/// | a node dies with a permit | the permit expires with the time-out of its call, and is given out again |
/// | one node alone can not reach a service | its own breaker opens; that of all stays closed |
/// | the database is away | calls pass by what was known last, and by the node's own breaker; counts are kept |
/// | a name resolves to a private address | that address is not connected to; [CallFailure.EgressRefused] |
/// | a thread is interrupted | its call is cut off at once |
@org.springframework.modulith.ApplicationModule(
    displayName = "Guard",
    allowedDependencies = {"platform"})
@NullMarked
package io.sluice.guard;

import org.jspecify.annotations.NullMarked;
