/// The doors of the module, opened, and what the engine runs for workflows: executions, and the
/// items of a FOR_EACH.
///
/// ## The path of an execution
///
/// `ExecutionHandler` reads the version's [io.sluice.workflow.work.Plan] and lets
/// [io.sluice.workflow.work.Interpreter] run its block; `Blocks` turns a block into a graph of the
/// engine's, whose nodes are steps. A leaf is one recorded step of the engine's, under its id, in
/// whose body everything happens: the hold, the condition, the config, the call, the decision about
/// another attempt. What was recorded is never evaluated again. A step that waits, and one with
/// steps inside (`Composite`), records beside that with what it has begun, under its id and
/// `#begun`. When a step has failed for good, `Aftermath` undoes and handles, and the job ends in
/// `deadletter`.
///
/// ## What happens at each failure
///
/// | what | becomes |
/// |---|---|
/// | an attempt of a step fails | another one, if the step's policy says so: a record of the engine's, no attempt of the job's |
/// | a step fails for good | what its `onError` says; a handled failure is recorded as the step's outcome |
/// | it is not handled | no further step begins; those that run end; compensation in reverse order of completion, then the workflow's `onError`; the job ends with the step's error |
/// | the execution's time is over | as above, with the code WORKFLOW_TIMEOUT, which no `onError` of a step catches |
/// | the process dies | recorded steps stay; the one that was cut short runs again under the same idempotency key |
/// | a verdict and a signal come at once for a step that asks people | the one that marks its task first; the other one is told |
/// | the job of a step that asks people ends | its question is taken out of the queue within a second |
/// | a circuit is open, a rate used up | the step rests in its place, and no attempt is spent |
@NullMarked
package io.sluice.workflow.work;

import org.jspecify.annotations.NullMarked;
