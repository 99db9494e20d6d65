/// The doors of the module, opened.
@NullMarked
package io.sluice.testing.work;

import org.jspecify.annotations.NullMarked;
