package io.sluice.providers;

/// Something that was spoken.
///
/// @param audio 16 kHz
/// @param provider e.g. `espeak-ng`
/// @param version of the provider
/// @param voice that spoke
/// @param cached whether it had been spoken before
public record Speech(Audio audio, String provider, String version, String voice, boolean cached) {}
