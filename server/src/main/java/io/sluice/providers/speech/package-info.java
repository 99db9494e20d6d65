/// The synthesiser, its memory, and transcription.
@NullMarked
package io.sluice.providers.speech;

import org.jspecify.annotations.NullMarked;
