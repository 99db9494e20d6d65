/// The rules of reviews: majorities, agreement, calibration.
@NullMarked
package io.sluice.review.model;

import org.jspecify.annotations.NullMarked;
