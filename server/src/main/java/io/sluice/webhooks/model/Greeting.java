package io.sluice.webhooks.model;

import io.sluice.webhooks.IncomingCall;
import java.util.Optional;
import java.util.regex.Pattern;

/// What services send to see whether somebody is there; it starts nothing.
public final class Greeting {
  /// Slack's question, whose answer is its challenge.
  private static final Pattern TYPE = Pattern.compile("\"type\"\\s*:\\s*\"url_verification\"");

  private static final Pattern CHALLENGE =
      Pattern.compile("\"challenge\"\\s*:\\s*\"([A-Za-z0-9_\\-.=+/]{1,200})\"");

  private static final int LONGEST = 2000;

  private Greeting() {}

  /// Whether it is GitHub's ping.
  public static boolean ping(IncomingCall call) {
    return call.header("X-GitHub-Event").filter("ping"::equals).isPresent();
  }

  /// The challenge of Slack's URL verification.
  public static Optional<String> challenge(IncomingCall call) {
    if (call.body().length > LONGEST || !TYPE.matcher(call.text()).find()) {
      return Optional.empty();
    }
    var found = CHALLENGE.matcher(call.text());
    return found.find() ? Optional.of(found.group(1)) : Optional.empty();
  }
}
