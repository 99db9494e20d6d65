/// What a run says when it is over.
@NullMarked
package io.sluice.bench.report;

import org.jspecify.annotations.NullMarked;
