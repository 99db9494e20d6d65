/// What validation asks for: how near two texts are, and what a judge thinks.
@NullMarked
package io.sluice.providers.judging;

import org.jspecify.annotations.NullMarked;
