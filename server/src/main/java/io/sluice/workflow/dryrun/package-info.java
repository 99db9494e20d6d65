/// Dry runs: the interpreter over the engine's memory, without a database and without a call. What
/// the world outside would say is given; time passes at once. A test file is a list of dry runs
/// with what is expected of them.
@org.springframework.modulith.NamedInterface("dryrun")
@NullMarked
package io.sluice.workflow.dryrun;

import org.jspecify.annotations.NullMarked;
