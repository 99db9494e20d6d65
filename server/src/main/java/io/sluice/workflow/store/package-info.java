/// The SQL of workflows.
@NullMarked
package io.sluice.workflow.store;

import org.jspecify.annotations.NullMarked;
