/// What each type of step does, when it is its turn: one class a type. Whether it is its turn, what
/// is recorded, what is tried again and what follows from a failure is decided above, in `work`.
@NullMarked
package io.sluice.workflow.steps;

import org.jspecify.annotations.NullMarked;
