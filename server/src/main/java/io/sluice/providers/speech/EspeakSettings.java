package io.sluice.providers.speech;

import java.nio.file.Path;
import java.time.Duration;

/// How espeak-ng is run.
///
/// @param program its name or path
/// @param timeLimit for one text
/// @param temporary where its output lies for a moment
public record EspeakSettings(String program, Duration timeLimit, Path temporary) {}
