package io.sluice.webhooks.model;

import io.sluice.expression.Expression;
import io.sluice.expression.ExpressionProblem;
import io.sluice.platform.Problem.Fault;
import io.sluice.webhooks.TargetUrl;
import io.sluice.webhooks.WebhookDraft;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a webhook may look like. Each rule gives a place and a reason.
public final class DraftRules {
  private static final int LONGEST_NAME = 200;
  private static final int LONGEST_TEXT = 2000;
  private static final int MOST_TYPES = 50;
  private static final int MOST_HEADERS = 20;

  private DraftRules() {}

  /// What is wrong; empty if nothing.
  public static List<Fault> faults(WebhookDraft draft) {
    var faults = new ArrayList<Fault>();
    if (draft.name().isBlank() || draft.name().length() > LONGEST_NAME) {
      faults.add(new Fault("/name", "must have 1 to " + LONGEST_NAME + " characters"));
    }
    if (draft.description() != null && draft.description().length() > LONGEST_TEXT) {
      faults.add(new Fault("/description", "may have " + LONGEST_TEXT + " characters"));
    }
    url(draft.url(), faults);
    types(draft.types(), faults);
    filter(draft.filter(), faults);
    headers(draft, faults);
    return List.copyOf(faults);
  }

  private static void url(String url, List<Fault> faults) {
    var wrong = TargetUrl.fault(url);
    if (!wrong.isEmpty()) {
      faults.add(new Fault("/url", wrong));
    }
  }

  private static void types(List<String> types, List<Fault> faults) {
    if (types.isEmpty() || types.size() > MOST_TYPES) {
      faults.add(new Fault("/types", "must be 1 to " + MOST_TYPES + "; * stands for all events"));
    }
    for (int i = 0; i < types.size(); i++) {
      if (!EventPattern.valid(types.get(i))) {
        faults.add(
            new Fault(
                "/types/" + i, "is no name of events; * may stand at its end, e.g. document.*"));
      }
    }
  }

  private static void filter(@Nullable String filter, List<Fault> faults) {
    if (filter == null) {
      return;
    }
    try {
      if (Expression.of(filter).asksForTime()) {
        faults.add(new Fault("/filter", "asks for the time, which a filter can not"));
      }
    } catch (ExpressionProblem e) {
      faults.add(new Fault("/filter", String.valueOf(e.getMessage())));
    }
  }

  private static void headers(WebhookDraft draft, List<Fault> faults) {
    if (draft.headers().size() > MOST_HEADERS) {
      faults.add(new Fault("/headers", "may be " + MOST_HEADERS));
    }
    draft
        .headers()
        .forEach((name, value) -> {
          var wrong = HeaderRules.fault(name, value);
          if (!wrong.isEmpty()) {
            faults.add(new Fault("/headers/" + name.replace("~", "~0").replace("/", "~1"), wrong));
          }
        });
  }
}
