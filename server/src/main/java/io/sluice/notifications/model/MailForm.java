package io.sluice.notifications.model;

import io.sluice.notifications.model.Message.Group;
import java.util.regex.Pattern;

/// A message as mail: a subject, a text, and the same in HTML.
public final class MailForm {
  private static final Pattern CONTROL = Pattern.compile("[\\p{Cntrl}\u2028\u2029]+");
  private static final int LONGEST_SUBJECT = 200;

  private MailForm() {}

  /// One line, whatever is in the title.
  public static String subject(Message message) {
    var line = CONTROL.matcher(message.title()).replaceAll(" ").strip();
    return line.length() <= LONGEST_SUBJECT ? line : line.substring(0, LONGEST_SUBJECT - 1) + "…";
  }

  /// The text.
  public static String text(Message message) {
    var text = new StringBuilder(message.title()).append("\n\n");
    message.lines().forEach(line -> text.append(line).append('\n'));
    for (var group : message.groups()) {
      text.append('\n').append(group.heading()).append('\n');
      group.items().forEach(item -> text.append("  - ").append(item).append('\n'));
      if (group.more() > 0) {
        text.append("  … and ").append(group.more()).append(" more\n");
      }
    }
    if (message.link() != null) {
      text.append('\n').append(message.link()).append('\n');
    }
    return text.toString();
  }

  /// The same in HTML, without anything that has to be fetched.
  public static String html(Message message) {
    var html = new StringBuilder("<!doctype html><html><body style=\"font-family:sans-serif\">");
    html.append("<h2>").append(escape(message.title())).append("</h2>");
    message.lines().forEach(line -> html.append("<p>").append(escape(line)).append("</p>"));
    message.groups().forEach(group -> html.append(list(group)));
    if (message.link() != null) {
      var link = escape(message.link());
      html.append("<p><a href=\"").append(link).append("\">").append(link).append("</a></p>");
    }
    return html.append("</body></html>").toString();
  }

  private static String list(Group group) {
    var html = new StringBuilder("<h3>").append(escape(group.heading())).append("</h3><ul>");
    group.items().forEach(item -> html.append("<li>").append(escape(item)).append("</li>"));
    if (group.more() > 0) {
      html.append("<li>… and ").append(group.more()).append(" more</li>");
    }
    return html.append("</ul>").toString();
  }

  private static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
