/// The SQL of tests.
@NullMarked
package io.sluice.testing.store;

import org.jspecify.annotations.NullMarked;
