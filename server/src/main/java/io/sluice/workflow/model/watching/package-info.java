/// What can be told of an execution from its definition and from what its steps have recorded.
/// Pure.
@NullMarked
package io.sluice.workflow.model.watching;

import org.jspecify.annotations.NullMarked;
