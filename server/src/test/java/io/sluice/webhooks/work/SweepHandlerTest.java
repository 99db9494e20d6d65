package io.sluice.webhooks.work;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.engine.testkit.HandlerTest;
import io.sluice.webhooks.Receiver;
import io.sluice.webhooks.WebhookSettings;
import io.sluice.webhooks.WebhooksServer;
import io.sluice.webhooks.store.DeliveryStore;
import io.sluice.webhooks.store.ReceivedStore;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class SweepHandlerTest {
  private static final WebhooksServer SERVER = WebhooksServer.shared();

  @Test
  void removesWhatIsOldAndNothingElse() {
    try (var receiver = Receiver.saying(200)) {
      var type = "s" + UUID.randomUUID().toString().substring(0, 8);
      var made = SERVER.subscribe(receiver, type);
      SERVER.announce(type, "one", Map.of());
      SERVER.ended(made);
      sweep(Duration.ofHours(1));
      assertThat(SERVER.deliveries(made, "")).hasSize(1);
      sweep(Duration.ZERO);
      assertThat(SERVER.deliveries(made, "")).isEmpty();
      assertThat(SERVER.webhook(made).get("enabled").asBoolean()).isTrue();
    }
  }

  private static void sweep(Duration retention) {
    var context = SERVER.context();
    var settings =
        new WebhookSettings(
            List.of(Duration.ZERO),
            Duration.ofSeconds(1),
            Duration.ZERO,
            Duration.ofDays(1),
            1,
            retention);
    var handler =
        new SweepHandler(
            context.getBean(DeliveryStore.class), context.getBean(ReceivedStore.class), settings);
    var status =
        HandlerTest.of(SweepHandler.KIND, handler).begin(new SweepHandler.Request()).proceed();
    assertThat(status).isInstanceOf(HandlerTest.Status.Returned.class);
  }
}
