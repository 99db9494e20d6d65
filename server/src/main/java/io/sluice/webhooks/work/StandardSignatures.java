package io.sluice.webhooks.work;

import io.sluice.webhooks.Signatures;
import io.sluice.webhooks.model.SigningSecret;
import io.sluice.webhooks.model.StandardSignature;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/// Signs as Standard Webhooks says.
@Component
class StandardSignatures implements Signatures {
  @Override
  public Map<String, String> headers(String secret, String message, Instant at, byte[] body) {
    var secrets = List.of(SigningSecret.parse(secret));
    return Map.of(
        StandardSignature.ID,
        message,
        StandardSignature.TIMESTAMP,
        Long.toString(at.getEpochSecond()),
        StandardSignature.SIGNATURE,
        StandardSignature.sign(secrets, message, at, body));
  }

  @Override
  public String fault(String secret) {
    try {
      SigningSecret.parse(secret);
      return "";
    } catch (IllegalArgumentException e) {
      return String.valueOf(e.getMessage());
    }
  }
}
