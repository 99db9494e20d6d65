/// The rules of validation, each by itself.
@NullMarked
package io.sluice.validation.model;

import org.jspecify.annotations.NullMarked;
