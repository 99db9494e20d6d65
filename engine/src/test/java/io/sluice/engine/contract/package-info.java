/// What the engine promises, one class a promise, on a real PostgreSQL: the default version, and in
/// a second run of the build the oldest one that we support.
@NullMarked
package io.sluice.engine.contract;

import org.jspecify.annotations.NullMarked;
