/// The running side of tests: runs, their executions, what validation makes of them, and what
/// people decide.
///
/// ## Words
///
/// - A **run** carries out chosen cases: pinned to their versions when it is made, one execution
///   for each case × language × data row when it is scheduled. It counts **tests**, which are
///   cases, and executions beside them.
/// - An **execution** is one case in one language with one row of data. Its *status* says how far
///   it is, its *outcome* what came of it: none while it waits for validation or for a person.
/// - An **attempt** is one go of the runner at it; all are kept. A pass behind a failed attempt is
///   `flaky`, never plain `passed`.
/// - A **runner** carries out cases of one type. Its **trace** is the list of steps it took.
/// - A **validation** holds what came out against what was expected, as a job of its own.
/// - A **revision** is a change of an ended run's result: revision 1 is its end.
///
/// ## The chain
///
/// `schedule` makes, in one transaction, the run's job (`test.run`), the executions, and a child
/// job (`test.execute`) for each. An execution's job stores the result and enqueues the validation
/// (`test.validate`) as a child of its own in one transaction, then joins it; the run's job joins
/// the executions. So a run ends, once, when its executions and their validations have. What
/// validation does not pass is asked of `review` in the transaction that stores the validation; a
/// verdict changes validation and execution in the transaction of the verdict.
///
/// ## Who decides what
///
/// PostgreSQL has the truth. Every change of an execution names the status that it leaves; a job
/// that finds another one stops. Counters are counted, never kept.
///
/// ## What happens at each failure
///
/// | what | becomes |
/// |---|---|
/// | the process dies while a runner runs | another worker makes the same attempt again; what the first had traced of it is dropped |
/// | it dies between the result and its validation | cannot be: both are one commit |
/// | a worker that was taken for dead goes on | its steps and its result are refused |
/// | the assistant may not be called now | the job parks; no attempt is spent |
/// | the runner can not carry out the case | status `failed`, outcome `error`, with `result.error` and `result.error_detail` |
/// | validation fails | it is tried again three times; then it is a dead letter, and the outcome is `error` |
/// | a run is cancelled | what people were asked about it is withdrawn in the same transaction; what is asked meanwhile in the next |
/// | a dead-lettered validation is redriven | the outcome is what it finds, as a new revision |
///
/// The picture of an execution's states is in `docs/states/test-execution.md`.
@org.springframework.modulith.NamedInterface("runs")
@NullMarked
package io.sluice.testing.run;

import org.jspecify.annotations.NullMarked;
