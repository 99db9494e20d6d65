/// Pure rules of the engine: which moves exist, how long to wait, what an error means. No SQL, no
/// thread, no clock.
@NullMarked
package io.sluice.engine.model;

import org.jspecify.annotations.NullMarked;
