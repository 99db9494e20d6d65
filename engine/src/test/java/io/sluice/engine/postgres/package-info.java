/// Proves what the package promises, on real servers and real processes.
@NullMarked
package io.sluice.engine.postgres;

import org.jspecify.annotations.NullMarked;
