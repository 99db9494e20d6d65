/// Samples: WAV files, rates, levels, noise. Pure.
@NullMarked
package io.sluice.providers.audio;

import org.jspecify.annotations.NullMarked;
