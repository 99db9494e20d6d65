package io.sluice.notifications.model;

import io.sluice.notifications.model.Message.Group;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;

/// A message as Slack's incoming webhooks take it: blocks, and a text for those who show none.
public final class SlackForm {
  /// Slack's limits, with room for what is added.
  private static final int LONGEST_HEADER = 150;

  private static final int LONGEST_SECTION = 2900;
  private static final int LONGEST_ITEM = 240;
  private static final int MOST_GROUPS = 20;

  private SlackForm() {}

  /// Plain JSON.
  public static Map<String, Object> of(Message message) {
    var blocks = new ArrayList<Object>();
    blocks.add(
        Map.of(
            "type", "header", "text", text("plain_text", clip(message.title(), LONGEST_HEADER))));
    if (!message.lines().isEmpty()) {
      blocks.add(section(escape(String.join("\n", message.lines()))));
    }
    message.groups().stream().limit(MOST_GROUPS).map(SlackForm::group).forEach(blocks::add);
    if (message.groups().size() > MOST_GROUPS) {
      blocks.add(section("… and " + (message.groups().size() - MOST_GROUPS) + " languages more"));
    }
    if (message.link() != null) {
      blocks.add(section("<" + escape(message.link()) + "|Look at it>"));
    }
    var whole = new LinkedHashMap<String, Object>();
    whole.put("text", escape(message.title()));
    whole.put("blocks", blocks);
    return whole;
  }

  private static Map<String, Object> section(String mrkdwn) {
    return Map.of("type", "section", "text", text("mrkdwn", clip(mrkdwn, LONGEST_SECTION)));
  }

  private static Map<String, Object> text(String type, String text) {
    return Map.of("type", type, "text", text);
  }

  private static Map<String, Object> group(Group group) {
    var text = new StringBuilder("*").append(escape(group.heading())).append('*');
    for (var item : group.items()) {
      text.append("\n• ").append(escape(clip(item, LONGEST_ITEM)));
    }
    if (group.more() > 0) {
      text.append("\n… and ").append(group.more()).append(" more");
    }
    return section(text.toString());
  }

  /// What would be a mention, a link or an entity is text. Others than Slack call everybody at a
  /// plain `@all`: a space of no width comes between.
  static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replaceAll("@(?=all|channel|here|everyone)", "@\u200b");
  }

  private static String clip(String text, int most) {
    return text.length() <= most ? text : text.substring(0, most - 1) + "…";
  }
}
