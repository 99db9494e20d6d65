/// Triggers: what starts executions by itself, and the record of each time.
///
/// ## Words
///
/// - A **trigger** names a workflow and what makes it start: somebody who asks, the clock, a call
///   from outside, an event.
/// - A **firing** is one time that it did, with what became of it. Its **key** tells it from
///   others: the time that it was due, the event's id, the received call's id.
/// - A **chain** is what triggers start by the events of what triggers have started; its **depth**
///   counts them.
///
/// ## Who decides what
///
/// | trigger | the clock is | a firing is told from others by |
/// |---|---|---|
/// | manual | the caller | the Idempotency-Key, if there is one |
/// | schedule | the engine's, by a schedule of the trigger's name | the time that it was due |
/// | webhook | [io.sluice.webhooks.IncomingWebhooks], which verifies first | the received call |
/// | event | the follower, behind a stored cursor | the event |
///
/// The row of a firing and the execution that it starts are written in one transaction, under a
/// lock of the trigger's row: a trigger that was disabled starts nothing any more, and of two
/// firings one sees what the other has started. The row of a trigger and its schedule change
/// together too.
///
/// Firings by the clock and by events are jobs, `workflow.trigger.fire`: what fails for want of a
/// database is tried again; what can not work, an input that does not fit for one, is recorded as
/// failed and not tried again.
///
/// ```
///  (due) ---> started
///    |-----> queued ----> started | failed | skipped      policy QUEUE: an earlier execution runs
///    |-----> skipped                                      disabled meanwhile, or policy SKIP
///    |-----> refused                                      the chain is too long
///    +-----> failed                                       it could not be started
/// ```
///
/// ## What happens at each failure
///
/// - *The process dies before a commit*: nothing has happened; the engine runs the job again, or
///   the follower of any node reads the events again.
/// - *It dies after a commit*: the key is taken; nothing starts twice.
/// - *Several nodes follow*: the cursor moves by compare-and-set in the transaction that enqueues
///   firings and sends signals; the slower one starts nothing.
/// - *Triggers fire each other in a circle*: the eleventh of a chain is refused, and recorded so.
///   Events about triggers fire none.
@NullMarked
package io.sluice.workflow.triggers;

import org.jspecify.annotations.NullMarked;
