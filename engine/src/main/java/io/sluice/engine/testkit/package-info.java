/// For those who write handlers: runs one job of theirs in memory, run by run, with a clock that
/// only moves when it is told to. No database, no worker, no thread of the engine's; the rules are
/// the engine's own.
///
/// ```java
/// var test = HandlerTest.of(KIND, handler).begin(new Order("42"));
/// assertThat(test.proceed()).isEqualTo(new Waiting("signal 'approved'"));
/// test.signal("approved", true);
/// assertThat(test.proceed()).isEqualTo(new Returned<>("shipped"));
/// ```
@NullMarked
package io.sluice.engine.testkit;

import org.jspecify.annotations.NullMarked;
