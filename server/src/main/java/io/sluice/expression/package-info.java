/// Expressions: everything that users write to choose, test or build values. One language, JSONata,
/// for variables, conditions, transformations, filters and assertions.
///
/// ## Words
///
/// - A **document** is what an expression reads: a JSON object of plain Java values (`Map<String,
///   Object>`, `List`, `String`, `Number`, `Boolean`, `null`). Its members are **roots**: `input`,
///   `steps`, `secrets` and so on; their names are the caller's.
/// - An [Expression] is compiled once and may be shared by threads.
/// - A [Template] is any JSON value with expressions in `${ … }` inside its strings.
/// - A [Reference] says what of the document an expression reads. An expression sees these parts of
///   the document and no others, so that what is not named in a source can not leak out of it.
/// - A [Scope] is a document and the moment that `$now()` and `$millis()` tell.
///
/// ## Promises
///
/// - The same source, document and moment give the same result on every node and in every replay.
///   Nothing reads the clock or chance: `$random` and `$shuffle` are refused when compiled.
/// - Source comes from people who define things. What lies in a document is never compiled: `$eval`
///   is refused.
/// - An evaluation ends within its [Bounds], with a result or an [ExpressionProblem].
/// - A document is never changed. A result may share parts with it, so neither is to be changed.
/// - JSON's null in a document stays null inside results; a result that is nothing at all
///   (JSONata's *undefined*) is null too.
/// - A problem's text never has a value of the document in it, as that might be a secret; only what
///   `$error` and `$assert` are told to say is said.
///
/// ## What happens at each failure
///
/// | what | becomes | when |
/// |---|---|---|
/// | the source is not JSONata, too long, or uses a refused function | `EXPRESSION_MALFORMED` | compiling |
/// | a type does not fit, `$error` is called, the result is a function | `EXPRESSION_FAILED` | evaluating |
/// | too long, too deep, too large | `EXPRESSION_TOO_COSTLY` | evaluating |
@org.springframework.modulith.ApplicationModule(
    displayName = "Expression",
    allowedDependencies = {"platform"})
@NullMarked
package io.sluice.expression;

import org.jspecify.annotations.NullMarked;
