package io.sluice.notifications.work;

import io.sluice.engine.IdSource;
import io.sluice.engine.Operations.EventView;
import io.sluice.engine.TenantId;
import io.sluice.notifications.ChannelType;
import io.sluice.notifications.Occasion;
import io.sluice.notifications.model.Listener;
import io.sluice.notifications.model.Message;
import io.sluice.notifications.model.RunWords;
import io.sluice.notifications.model.RunWords.LateFailure;
import io.sluice.notifications.store.ChannelStore;
import io.sluice.notifications.store.NotificationStore;
import io.sluice.platform.Problem;
import io.sluice.platform.PublicUrl;
import io.sluice.testing.run.RunDigest;
import io.sluice.testing.run.TestRuns;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Who is told what of a run. Reads only.
@Component
class RunNews {
  private static final Logger LOG = LoggerFactory.getLogger(RunNews.class);

  private final TestRuns runs;
  private final PublicUrl url;
  private final IdSource ids;
  private final JsonMapper json;

  RunNews(TestRuns runs, PublicUrl url, IdSource ids, JsonMapper json) {
    this.runs = runs;
    this.url = url;
    this.ids = ids;
    this.json = json;
  }

  /// What is told of the end of a run: one message a listener.
  List<NotificationStore.New> ended(EventView event, List<ChannelStore.Row> channels) {
    var digest = digest(event).orElse(null);
    if (digest == null) {
      return List.of();
    }
    var told = new ArrayList<NotificationStore.New>();
    var subject = "run:" + digest.run().testRunId();
    for (var listener : listeners(event, digest, channels)) {
      listener
          .occasion(digest)
          .ifPresent(occasion -> {
            var words = RunWords.of(digest, occasion, listener.of(digest), link(digest));
            told.add(fresh(event.tenant(), listener, new What(occasion, subject, digest, words)));
          });
    }
    return told;
  }

  /// What is told of an execution that validation failed when its run had ended already; of others
  /// the run's message tells. Once an hour and run: many may be validated again at once.
  List<NotificationStore.New> failedLate(EventView event, List<ChannelStore.Row> channels) {
    var payload = json.readTree(event.payloadJson());
    if (!payload.path("afterTheEnd").asBoolean(false)
        || !payload.path("reviewStatus").asString("").equals("auto_fail")) {
      return List.of();
    }
    var digest = digest(event).orElse(null);
    if (digest == null) {
      return List.of();
    }
    var failure = failure(payload);
    var words = RunWords.late(digest, failure, link(digest));
    var hour = event.createdAt().truncatedTo(ChronoUnit.HOURS);
    var subject = "run:" + digest.run().testRunId() + ":late:" + hour;
    var what = new What(Occasion.AUTO_FAIL, subject, digest, words);
    return listeners(event, digest, channels).stream()
        .filter(listener -> listener.on().contains(Occasion.AUTO_FAIL))
        .filter(listener ->
            listener.of(digest).stream().anyMatch(l -> l.language().equals(failure.language())))
        .map(listener -> fresh(event.tenant(), listener, what))
        .toList();
  }

  private static LateFailure failure(JsonNode payload) {
    return new LateFailure(
        payload.path("executionId").asString(),
        payload.path("testCaseName").asString(),
        payload.path("languageCode").asString());
  }

  /// @return empty if there is nothing to tell: the run is gone
  private Optional<RunDigest> digest(EventView event) {
    try {
      return Optional.of(runs.digest(event.tenant(), Objects.requireNonNull(event.subject())));
    } catch (Problem | IllegalStateException e) {
      LOG.warn("nobody is told of run {}: {}", event.subject(), e.getMessage());
      return Optional.empty();
    }
  }

  private static List<Listener> listeners(
      EventView event, RunDigest digest, List<ChannelStore.Row> channels) {
    var listeners = new ArrayList<Listener>();
    for (var channel : channels) {
      if (channel.written().tenant().equals(event.tenant())
          && !event.createdAt().isBefore(channel.activeSince())) {
        listeners.add(listener(channel.written()));
      }
    }
    for (int ord = 0; ord < digest.told().size(); ord++) {
      listeners.add(listener(ord, digest.told().get(ord)));
    }
    return listeners;
  }

  private static Listener listener(ChannelStore.Written channel) {
    return new Listener(
        channel.id().toString(),
        channel.id(),
        null,
        channel.type(),
        EnumSet.copyOf(channel.on()),
        channel.suite(),
        channel.languages());
  }

  private static Listener listener(int ord, RunDigest.Told told) {
    return new Listener(
        "suite:" + ord,
        null,
        ord,
        ChannelType.of(told.channel()),
        told.on().stream().map(Occasion::of).collect(Collectors.toSet()),
        null,
        List.of());
  }

  /// What is told.
  private record What(Occasion occasion, String subject, RunDigest digest, Message words) {}

  private NotificationStore.New fresh(TenantId tenant, Listener listener, What what) {
    return new NotificationStore.New(
        ids.next(),
        tenant,
        listener.channel(),
        listener.recipient(),
        listener.type(),
        what.occasion(),
        what.subject(),
        what.digest().run().testRunId(),
        listener.suiteOrd(),
        what.words());
  }

  private @Nullable String link(RunDigest digest) {
    UUID run = digest.run().testRunId();
    return url.of("/api/v1/test-runs/" + run + "/report?format=html").orElse(null);
  }
}
