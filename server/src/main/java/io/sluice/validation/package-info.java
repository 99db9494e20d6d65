/// Validation: what came out, held against what was expected, becomes a confidence and a verdict,
/// with reasons. Pure rules: no database, no clock, no thread.
///
/// ## Words
///
/// - An **expectation** is what a case says should come out, in one language; an **observation** is
///   what did.
/// - A **part** is a score from 0 to 1 with a weight: intent (0.4), entities (0.3), semantic (0.3),
///   and, where one is asked, a judge. The confidence is their weighted mean; what nothing is
///   expected of is left out, and the weights of the rest count alone.
/// - A **check** holds or not: phrases, patterns, budgets, assertions.
/// - A **gate** caps the confidence just below `auto_pass`, whatever the mean says: a wrong intent,
///   a wrong or missing required entity, a number, a time, a date or a negation that is not as
///   expected, a check that failed. Similarity takes "7 am" and "7 pm", "on" and "off" for near
///   twins; gates do not.
/// - The **status** follows from the confidence: `auto_pass` from 0.75, `needs_review` from 0.40,
///   `auto_fail` below. Exact at the borders: sums are decimal, and what is shown is rounded down.
@org.springframework.modulith.ApplicationModule(
    displayName = "Validation",
    allowedDependencies = {})
@NullMarked
package io.sluice.validation;

import org.jspecify.annotations.NullMarked;
