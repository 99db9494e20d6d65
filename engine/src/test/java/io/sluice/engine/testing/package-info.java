/// What tests of this module and of the server share.
@NullMarked
package io.sluice.engine.testing;

import org.jspecify.annotations.NullMarked;
