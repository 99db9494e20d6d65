/// How a text becomes a [io.sluice.workflow.model.Definition], or a list of all that is wrong with
/// it.
///
/// [io.sluice.workflow.model.reading.DefinitionReader] goes: text → plain JSON with places → the
/// published schema → an outline of the steps → ids, dependencies, references, numbers → records.
/// Every check goes on after the one before it has failed, so that one reading tells all; records
/// are made only of what has no error.
@NullMarked
package io.sluice.workflow.model.reading;

import org.jspecify.annotations.NullMarked;
