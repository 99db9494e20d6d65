/// A language model, and judging by it; similarity by language.
@NullMarked
package io.sluice.providers.chat;

import org.jspecify.annotations.NullMarked;
