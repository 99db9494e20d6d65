/// Tests: cases, suites, runs and their executions.
///
/// `assistants` talks to the assistants under test.
@org.springframework.modulith.ApplicationModule(
    displayName = "Testing",
    allowedDependencies = {"expression", "guard", "platform", "providers", "validation"})
@NullMarked
package io.sluice.testing;

import org.jspecify.annotations.NullMarked;
