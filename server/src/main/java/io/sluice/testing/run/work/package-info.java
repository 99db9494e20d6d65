/// What the engine runs: runs, executions, validations; and the door, opened.
@NullMarked
package io.sluice.testing.run.work;

import org.jspecify.annotations.NullMarked;
