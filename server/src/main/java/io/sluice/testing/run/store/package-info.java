/// The SQL of runs.
@NullMarked
package io.sluice.testing.run.store;

import org.jspecify.annotations.NullMarked;
