package io.sluice.webhooks;

import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// What an operator can set about deliveries: properties `sluice.webhooks.*`.
///
/// @param schedule the time before each attempt, the first included; as Standard Webhooks
///   recommends
/// @param timeout of one attempt
/// @param throttle the pause after 429, 502, 503 or 504 without `Retry-After`
/// @param disableAfter a webhook is disabled when nothing but failures came for so long
/// @param disableAfterExhausted …or when so many deliveries in a row ran out of attempts
/// @param retention how long deliveries that have ended, and calls that came in, are kept
@ConfigurationProperties("sluice.webhooks")
public record WebhookSettings(
    @DefaultValue({"0s", "5s", "5m", "30m", "2h", "5h", "10h", "14h", "20h", "24h"})
        List<Duration> schedule,
    @DefaultValue("20s") Duration timeout,
    @DefaultValue("10s") Duration throttle,
    @DefaultValue("5d") Duration disableAfter,
    @DefaultValue("20") int disableAfterExhausted,
    @DefaultValue("30d") Duration retention) {}
