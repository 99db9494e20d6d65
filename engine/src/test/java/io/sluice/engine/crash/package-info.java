/// The promises that only real processes can break: workers and servers are killed and stopped at
/// random instants. How often says the property `sluice.crash.kills`.
@NullMarked
package io.sluice.engine.crash;

import org.jspecify.annotations.NullMarked;
