/// Tells of runs in the words of others: JUnit XML, CTRF, a page to look at; and reads what other
/// tools tell.
@org.springframework.modulith.NamedInterface("reports")
@NullMarked
package io.sluice.testing.report;

import org.jspecify.annotations.NullMarked;
