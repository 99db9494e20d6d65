/// Pure rules of runs: moves, outcomes, keys of identical outcomes.
@NullMarked
package io.sluice.testing.run.model;

import org.jspecify.annotations.NullMarked;
