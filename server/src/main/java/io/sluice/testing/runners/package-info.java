/// Runners: each carries out the cases of one type.
///
/// | type | carries out |
/// |---|---|
/// | `http` | requests through the guard; what they answer is extracted and checked |
/// | `voice` | turns of a conversation with an assistant, spoken where it takes audio |
/// | `manual` | steps that a person takes, asked for through reviews |
/// | `workflow` | executions of workflows, started as work of their own |
/// | `browser` | what is done and seen in a browser |
///
/// Steps tell what they did as they do it, without secrets. A step that does not see what it
/// expects ends the case as `failed`; one that can not be taken at all ends it as `error`.
@NullMarked
package io.sluice.testing.runners;

import org.jspecify.annotations.NullMarked;
