/// The only SQL of triggers.
@NullMarked
package io.sluice.workflow.triggers.store;

import org.jspecify.annotations.NullMarked;
