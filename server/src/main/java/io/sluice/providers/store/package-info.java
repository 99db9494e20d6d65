/// What was spoken.
@NullMarked
package io.sluice.providers.store;

import org.jspecify.annotations.NullMarked;
