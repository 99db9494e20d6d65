/// What the sample assistant makes of words. Pure.
@NullMarked
package io.sluice.assistant.model;

import org.jspecify.annotations.NullMarked;
