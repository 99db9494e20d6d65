/// The module's SQL.
@NullMarked
package io.sluice.events.store;

import org.jspecify.annotations.NullMarked;
