/// What is measured: the floor, the engine, the peers.
@NullMarked
package io.sluice.bench.subject;

import org.jspecify.annotations.NullMarked;
