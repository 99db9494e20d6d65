/// What tests of the running server share.
@NullMarked
package io.sluice.testing;

import org.jspecify.annotations.NullMarked;
