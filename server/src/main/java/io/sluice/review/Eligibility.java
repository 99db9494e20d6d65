package io.sluice.review;

import io.sluice.engine.TenantId;
import java.util.Optional;

/// Has a say in who may claim, besides languages and skills: a certificate, for instance.
public interface Eligibility {
  /// Why a reviewer may not claim items of a language now; empty if they may.
  Optional<String> refusal(TenantId tenant, ReviewerView reviewer, String language);
}
