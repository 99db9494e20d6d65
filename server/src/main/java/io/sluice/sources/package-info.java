/// Sources: what people write to define something, as JSON or YAML, and how it is read so that all
/// that is wrong with it is told at once, with line and column.
///
/// ## Words
///
/// - A **source** is a text in JSON or YAML, as it was given; **plain JSON** is what it says
///   (`Map`, `List`, `String`, `Number`, `Boolean`, `null`), members in the order in which they
///   were written; **canonical** JSON has one text, and one hash, for what is the same.
/// - A **finding** is something that a source does wrong, or might: a stable code, a JSON pointer,
///   line and column, and what to do.
/// - A **published schema** is a JSON Schema that editors use too; what breaks it becomes findings
///   in words that people understand.
///
/// ## How a module reads its definitions
///
/// [SourceReader] makes plain JSON of a text and notes where everything stands; [PublishedSchema]
/// tells what does not fit; rules of the module's own tell the rest into the same [Findings]; of
/// what has no error, [Fields] makes records. Nothing here knows what is defined.
@org.springframework.modulith.ApplicationModule(
    displayName = "Sources",
    allowedDependencies = {"expression"})
@NullMarked
package io.sluice.sources;

import org.jspecify.annotations.NullMarked;
