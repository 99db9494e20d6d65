package io.sluice.notifications.work;

import io.sluice.guard.Answer;
import io.sluice.guard.Call;
import io.sluice.guard.CallFailure;
import io.sluice.guard.CallOptions;
import io.sluice.guard.Headers;
import io.sluice.guard.NotNow;
import io.sluice.guard.Outbound;
import io.sluice.notifications.NotificationSettings;
import io.sluice.notifications.model.SlackForm;
import io.sluice.notifications.store.NotificationStore;
import io.sluice.webhooks.SigningSecret;
import io.sluice.webhooks.StandardSignature;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/// Sends by HTTP: to Slack, and to webhooks.
@Component
class Poster {
  private static final Duration LONGEST_WAIT = Duration.ofHours(1);
  private static final int GONE = 410;

  private final Outbound outbound;
  private final NotificationSettings settings;
  private final InstantSource clock;
  private final JsonMapper json;

  Poster(Outbound outbound, NotificationSettings settings, InstantSource clock, JsonMapper json) {
    this.outbound = outbound;
    this.settings = settings;
    this.clock = clock;
    this.json = json;
  }

  /// @throws NotNow if nothing was sent
  Result send(Destination.Slack to, NotificationStore.Row note) throws InterruptedException {
    var body = json.writeValueAsBytes(SlackForm.of(note.content()));
    var result = post(note, to.service(), to.url(), Map.of(), body);
    // Slack says for good what it does not like: the channel is archived, the hook was revoked.
    return result instanceof Answered(Answer answer) && refused(answer.status())
        ? new Result.Refused("REFUSED", "the receiver answered " + answer.status())
        : of(result);
  }

  private static boolean refused(int status) {
    return status >= 300 && status < 500 && status != 408 && status != 425 && status != 429;
  }

  /// @throws NotNow if nothing was sent
  Result send(Destination.Hook to, NotificationStore.Row note) throws InterruptedException {
    var at = clock.instant();
    var message = "msg_" + note.id();
    var whole = new LinkedHashMap<String, @Nullable Object>();
    whole.put("type", "notification." + note.occasion().sql());
    whole.put("timestamp", at.toString());
    whole.put("data", data(note));
    var body = json.writeValueAsString(whole).getBytes(StandardCharsets.UTF_8);
    Map<String, String> headers = Map.of(StandardSignature.ID, message);
    if (to.secret() != null) {
      try {
        headers = StandardSignature.headers(SigningSecret.parse(to.secret()), message, at, body);
      } catch (IllegalArgumentException e) {
        return new Result.Refused("BAD_SECRET", "The signing secret " + e.getMessage());
      }
    }
    var result = post(note, to.service(), to.url(), headers, body);
    return result instanceof Answered(Answer answer) && answer.status() == GONE
        ? new Result.Refused("REFUSED", "the receiver answered 410: it is gone")
        : of(result);
  }

  private static Map<String, @Nullable Object> data(NotificationStore.Row note) {
    var data = new LinkedHashMap<String, @Nullable Object>();
    data.put("notificationId", note.id().toString());
    data.put("title", note.content().title());
    data.put("lines", note.content().lines());
    data.putAll(note.content().data());
    return data;
  }

  private sealed interface Reaction {}

  private record Answered(Answer answer) implements Reaction {}

  private record Unanswered(Result result) implements Reaction {}

  private Reaction post(
      NotificationStore.Row note, String service, String url, Map<String, String> more, byte[] body)
      throws InterruptedException {
    var headers = new LinkedHashMap<>(more);
    headers.put("content-type", "application/json");
    headers.put("user-agent", "Sluice");
    var options = CallOptions.DEFAULT.within(settings.timeout());
    var call = new Call(note.tenant(), service, "POST", url, Headers.of(headers), body, options);
    try {
      return new Answered(outbound.send(call));
    } catch (NotNow notNow) {
      throw notNow;
    } catch (CallFailure.Passing e) {
      return new Unanswered(new Result.Failed(e.code(), String.valueOf(e.getMessage()), null));
    } catch (CallFailure.Lasting e) {
      return new Unanswered(new Result.Refused(e.code(), String.valueOf(e.getMessage())));
    }
  }

  private static Result of(Reaction reaction) {
    return switch (reaction) {
      case Unanswered(Result result) -> result;
      case Answered(Answer answer) when answer.status() >= 200 && answer.status() < 300 ->
          new Result.Taken();
      case Answered(Answer answer) ->
          new Result.Failed(
              "NOT_TAKEN", "the receiver answered " + answer.status(), retryAfter(answer));
    };
  }

  /// As Slack says it: seconds.
  private static @Nullable Duration retryAfter(Answer answer) {
    return answer
        .headers()
        .first("Retry-After")
        .filter(text -> text.matches("\\d{1,6}"))
        .map(text -> Duration.ofSeconds(Long.parseLong(text)))
        .map(asked -> asked.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : asked)
        .orElse(null);
  }
}
