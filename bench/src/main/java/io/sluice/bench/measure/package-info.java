/// Clocks, counters, rounds and samples.
@NullMarked
package io.sluice.bench.measure;

import org.jspecify.annotations.NullMarked;
