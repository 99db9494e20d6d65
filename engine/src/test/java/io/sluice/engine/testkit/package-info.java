/// Tests of the kit for tests.
@NullMarked
package io.sluice.engine.testkit;

import org.jspecify.annotations.NullMarked;
