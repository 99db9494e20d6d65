/// The only SQL of the module.
@NullMarked
package io.sluice.guard.store;

import org.jspecify.annotations.NullMarked;
