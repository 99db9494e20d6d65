/// Pure rules: when a breaker opens and closes, how calls come back, which addresses may be called.
@NullMarked
package io.sluice.guard.model;

import org.jspecify.annotations.NullMarked;
