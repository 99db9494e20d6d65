/// The durable core: everything that runs is a job.
///
/// A **job** is one row that a **worker** claims, runs as an ordinary Java method (its [Handler])
/// on a virtual thread, and checkpoints **step** by step. When the process dies, another worker
/// claims the row and the method runs again; steps that were recorded return what they recorded.
///
/// ## Words
///
/// - A [Kind] names what a job does: its input and output types, queue, retry policy, limits and
///   time-outs. Handlers are registered by kind.
/// - A **claim** gives a job to a worker under a **fence**, a number that rises with every move. It
///   is odd exactly while a worker holds the job. Whatever a holder writes (checkpoint, result,
///   event, progress) names its fence; the database refuses a late one.
/// - A **lease** is a worker's, not a job's: one row a worker, renewed in one statement however
///   many jobs it holds. A worker whose lease ran out is dead for ever; its jobs are rescued, and
///   should it wake up, it registers anew.
/// - A **checkpoint** is the recorded outcome of a step, found again by job, **scope** and name.
///   The root scope is empty; each branch of [JobContext#parallel] opens one below.
/// - A job is **parked** ([JobState#WAITING]) when every live branch of it waits: for a timer, a
///   signal, its children. No thread and no lease is held then, and no attempt is spent.
///
/// ## Who decides what
///
/// PostgreSQL is authoritative for every state, fence, limit and due time; due times and leases use
/// its clock. Processes keep nothing that they cannot lose.
///
/// ## States
///
/// ```
///            claim             complete
///  queued ----------> working ----------> done
///   ^  ^                | | |
///   |  |  wake          | | +-- park ---> waiting ----> (queued)
///   |  +---- due -------+ +---- fail ---> retryable --> (queued)
///   |                   +--- give up ---> deadletter -> (queued, by redrive)
///   +--- rescue, hand over --+            cancelled  from every state that is not final
/// ```
///
/// The whole table is `model/Move`; the picture in `docs/states/job.md` is generated from it.
///
/// ## What happens at each failure
///
/// - *The process dies*: its lease runs out (10 s by default), a rescuer puts its jobs back in the
///   queue and counts a crash for each. A job that was running in two crashes is a suspect: it runs
///   alone. At the third crash it ends in `deadletter`.
/// - *The process stalls past its lease*: as above; its late writes are refused, and its threads
///   are interrupted when it finds out.
/// - *The handler throws*: the error is classified. A transient one spends an attempt and waits for
///   the backoff in `retryable`; a permanent one, or the last attempt, ends in `deadletter`.
/// - *The handler hangs*: after its attempt time limit it is interrupted; if it does not end within
///   the grace time the job is taken from it, as if it had failed.
/// - *PostgreSQL goes away*: nothing is acknowledged, running steps wait for it to come back;
///   workers that lost their lease meanwhile start anew.
/// - *A commit's outcome is unknown*: the checkpoint is read again before anything is decided.
@NullMarked
package io.sluice.engine;

import org.jspecify.annotations.NullMarked;
