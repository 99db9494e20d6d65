/// The questions put to every subject.
@NullMarked
package io.sluice.bench.workload;

import org.jspecify.annotations.NullMarked;
