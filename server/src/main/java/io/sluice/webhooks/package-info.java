/// Webhooks: signed deliveries out, verified calls in.
///
/// ## Words
///
/// - A **webhook** is a subscription: which events go to which URL.
/// - A **delivery** is one event on its way to one webhook; routes call it a webhook event. Its
///   **attempts** are the calls that were made for it. What is sent again is a new delivery with
///   the message id of the old one.
/// - A **hook** is a call from outside. An [Endpoint] says how its caller proves who it is, a
///   [Verdict] whether it did, and a [HookTargets] what it starts.
///
/// ## Out
///
/// The **follower** turns events into deliveries: it reads the engine's tail behind a stored
/// cursor, and moves the cursor by compare-and-set in the transaction that inserts the deliveries
/// and enqueues a job for each. Every node may follow; each event is turned once.
///
/// A delivery's job, `webhook.deliver`, makes one attempt a run. What fails is tried again by the
/// engine, on the schedule of Standard Webhooks; a circuit that is open, and a receiver that asked
/// for a pause, park the job and spend nothing.
///
/// ```
///  pending ---> delivered     the receiver said 2xx
///     |-------> failed        all attempts failed, or it said 410
///     +-------> discarded     the webhook was disabled before
/// ```
///
/// ## In
///
/// A call is verified on its exact bytes, recorded with the verdict and, if it was accepted, handed
/// on in the same transaction. A replay is answered well and starts nothing. The caller of a
/// refused call is not told why; its owner finds the reason in the history.
///
/// ## What happens at each failure
///
/// - *The process dies before an attempt is recorded*: the attempt is made again, under the same
///   message id, by which receivers tell a repeat.
/// - *The process dies after the follower's commit*: nothing is lost, the jobs are there. Before
///   it: nothing has happened, and whoever follows next does it.
/// - *A receiver fails lastingly* (five days, or many deliveries in a row): its webhook is
///   disabled, with an event `webhook.disabled`. A receiver that says 410 is disabled at once.
/// - *The master key is another one*: nothing is sent or shown; see [io.sluice.platform.Sealer].
///
/// ## No circles
///
/// Events of type `webhook` go only to webhooks that name them (`*` does not), and never to the
/// webhook that they are about.
@org.springframework.modulith.ApplicationModule(
    displayName = "Webhooks",
    allowedDependencies = {"guard", "expression", "events", "platform"})
@NullMarked
package io.sluice.webhooks;

import org.jspecify.annotations.NullMarked;
