package io.sluice.guard;

import java.net.URI;
import java.util.Optional;

/// Says which URLs may be called, for what can not call through [Outbound], as a browser can not.
/// It looks the name up itself, so that it is a fence and no wall: whoever answers names can answer
/// otherwise the second time.
public interface Egress {
  /// Why a URL may not be called; empty if it may.
  Optional<String> refusal(URI url);
}
