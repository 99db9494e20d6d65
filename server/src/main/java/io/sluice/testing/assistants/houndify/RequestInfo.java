package io.sluice.testing.assistants.houndify;

import io.sluice.testing.assistants.Conversation;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What a request tells about itself. What the configuration adds goes over what stands here.
final class RequestInfo {
  private RequestInfo() {}

  /// Whose request it is.
  ///
  /// @param second since 1970
  record Who(String clientId, String userId, UUID requestId, long second) {}

  /// As plain JSON.
  static Map<String, @Nullable Object> of(
      Who who, String language, Conversation conversation, Map<String, @Nullable Object> more) {
    var out = new LinkedHashMap<String, @Nullable Object>();
    out.put("ClientID", who.clientId());
    out.put("UserID", who.userId());
    out.put("RequestID", who.requestId().toString());
    out.put("SessionID", conversation.id().toString());
    out.put("TimeStamp", who.second());
    out.put("InputLanguageEnglishName", englishName(language));
    out.put("InputLanguageIETFTag", language);
    out.put("PartialTranscriptsDesired", true);
    out.put("SDK", "sluice");
    if (conversation.state() instanceof Map<?, ?> state) {
      out.put("ConversationState", state);
      var time = state.get("ConversationStateTime");
      out.put("ConversationStateTime", time == null ? who.second() : time);
    }
    out.putAll(more);
    return out;
  }

  /// The language's name in English.
  static String englishName(String tag) {
    return Locale.of(Locale.forLanguageTag(tag).getLanguage()).getDisplayLanguage(Locale.ENGLISH);
  }

  /// JSON without a character that a header can not carry.
  static String ascii(String json) {
    var out = new StringBuilder(json.length());
    for (char c : json.toCharArray()) {
      if (c >= ' ' && c < 127) {
        out.append(c);
      } else {
        out.append("\\u%04x".formatted((int) c));
      }
    }
    return out.toString();
  }
}
