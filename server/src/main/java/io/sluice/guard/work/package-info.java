/// The doors, opened: what happens around a call, and once a second.
@NullMarked
package io.sluice.guard.work;

import org.jspecify.annotations.NullMarked;
