package io.sluice.platform;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/// What secrets in the database are sealed with.
///
/// @param masterKey the base64 of 32 bytes, the same on all nodes (`SLUICE_MASTER_KEY`); null: a
///   file in the data directory has it, made at the first start
@ConfigurationProperties("sluice")
record SealingSettings(@Nullable String masterKey) {
  /// Without the key.
  @Override
  public String toString() {
    return "SealingSettings[]";
  }
}
