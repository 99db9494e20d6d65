/// What reviewers do, in transactions.
@NullMarked
package io.sluice.review.work;

import org.jspecify.annotations.NullMarked;
