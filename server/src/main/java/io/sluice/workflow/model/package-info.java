/// What a workflow definition says, as records, and the rules that a definition must keep. Pure:
/// nothing here runs a step, reads a clock or knows the database.
///
/// ## Words
///
/// - A **definition** is a name, steps, and what to do when they fail.
/// - A **step** has an id that is unique in its whole definition, however deep it lies, a type, and
///   a [io.sluice.workflow.model.Config] of that type.
/// - A **block** is a list of steps that run together: those of the definition, of one branch, of
///   the body of a loop, of a handler. `dependsOn` names steps of the same block.
/// - An **ancestor** of a step is what must have ended before it may begin.
///
/// ## What an expression may refer to
///
/// | variable | is | where |
/// |---|---|---|
/// | `input` | what the execution was given | everywhere |
/// | `context` | the definition's constants | everywhere but in `context` itself |
/// | `execution` | its id, number and start | everywhere |
/// | `steps.ID.output` | what an ancestor gave; null if it was skipped | where ID is an ancestor |
/// | `item`, `index` | the item of the innermost FOR_EACH and its place | inside of FOR_EACH |
/// | `error` | what failed: step, code, message | in `onError` and `compensate` |
/// | `secrets` | values that are never recorded | HTTP_REQUEST, WEBHOOK_CALL, FUNCTION_CALL |
///
/// Some fields see something else: a retry's `when` sees the failed attempt (`status`, `errorType`,
/// `message`, `body`, `attempt`), `extract` the response (`status`, `headers`, `body`), a
/// VALIDATION rule also `data`, the filter of a WAIT also `event`.
@NullMarked
package io.sluice.workflow.model;

import org.jspecify.annotations.NullMarked;
