/// The SQL of reviews.
@NullMarked
package io.sluice.review.store;

import org.jspecify.annotations.NullMarked;
