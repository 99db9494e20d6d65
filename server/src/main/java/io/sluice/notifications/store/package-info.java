/// The module's SQL.
@NullMarked
package io.sluice.notifications.store;

import org.jspecify.annotations.NullMarked;
