/// The only SQL of the HTTP module.
@NullMarked
package io.sluice.api.store;

import org.jspecify.annotations.NullMarked;
