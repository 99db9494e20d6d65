package io.sluice.notifications.model;

import io.sluice.notifications.ChannelDraft;
import io.sluice.notifications.ChannelType;
import io.sluice.notifications.Occasion;
import io.sluice.platform.Problem.Fault;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/// What a channel may look like. Each rule gives a place and a reason.
public final class ChannelRules {
  private static final int LONGEST_NAME = 200;
  private static final int MOST_LANGUAGES = 50;
  private static final Duration LONGEST_AGE = Duration.ofDays(365);
  private static final Pattern LANGUAGE = Pattern.compile("[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*");

  /// What can be asked for.
  private static final List<String> OCCASIONS =
      Occasion.names().stream().filter(name -> !name.equals(Occasion.TEST.sql())).toList();

  private static final Set<String> OF_RUNS =
      Set.of(Occasion.AUTO_FAIL.sql(), Occasion.RUN_FINISHED.sql(), Occasion.RUN_FAILED.sql());

  private ChannelRules() {}

  /// What is wrong; empty if nothing.
  ///
  /// @param mailServer whether the server has one for those who name none
  public static List<Fault> faults(ChannelDraft draft, boolean mailServer) {
    var faults = new ArrayList<Fault>();
    if (draft.name().isBlank()
        || draft.name().length() > LONGEST_NAME
        || draft.name().chars().anyMatch(Character::isISOControl)) {
      faults.add(new Fault("/name", "must have 1 to " + LONGEST_NAME + " characters, on one line"));
    }
    if (ChannelType.names().contains(draft.type())) {
      faults.addAll(AddressRules.faults(ChannelType.of(draft.type()), draft.address(), mailServer));
    } else {
      faults.add(new Fault("/type", "is one of " + ChannelType.names()));
    }
    occasions(draft.on(), faults);
    thresholds(draft, faults);
    filters(draft, faults);
    return List.copyOf(faults);
  }

  private static void occasions(List<String> on, List<Fault> faults) {
    if (on.isEmpty()) {
      faults.add(new Fault("/on", "is empty: say when, one or more of " + OCCASIONS));
    }
    var seen = new HashSet<String>();
    for (int i = 0; i < on.size(); i++) {
      if (!OCCASIONS.contains(on.get(i))) {
        faults.add(new Fault("/on/" + i, "is one of " + OCCASIONS));
      } else if (!seen.add(on.get(i))) {
        faults.add(new Fault("/on/" + i, "is there twice"));
      }
    }
  }

  private static void thresholds(ChannelDraft draft, List<Fault> faults) {
    var depth = draft.queueDepth();
    var age = draft.queueAge();
    threshold(draft, Occasion.QUEUE_DEPTH, "/queueDepth", depth != null, faults);
    threshold(draft, Occasion.QUEUE_AGE, "/queueAge", age != null, faults);
    if (depth != null && depth < 1) {
      faults.add(new Fault("/queueDepth", "must be 1 or more: how many may wait"));
    }
    if (age != null && (!age.isPositive() || age.compareTo(LONGEST_AGE) > 0)) {
      faults.add(new Fault("/queueAge", "must be longer than nothing and at most a year: PT4H"));
    }
  }

  private static void threshold(
      ChannelDraft draft, Occasion occasion, String place, boolean there, List<Fault> faults) {
    boolean wanted = draft.on().contains(occasion.sql());
    if (wanted && !there) {
      faults.add(new Fault(place, "is missing: " + occasion.sql() + " needs a threshold"));
    } else if (!wanted && there) {
      faults.add(new Fault(place, "has no effect: on does not name " + occasion.sql()));
    }
  }

  private static void filters(ChannelDraft draft, List<Fault> faults) {
    if (draft.suite() != null && draft.on().stream().noneMatch(OF_RUNS::contains)) {
      faults.add(new Fault("/suite", "has no effect: on names nothing about runs"));
    }
    if (draft.languages().size() > MOST_LANGUAGES) {
      faults.add(new Fault("/languages", "may be " + MOST_LANGUAGES));
    }
    for (int i = 0; i < draft.languages().size(); i++) {
      if (!LANGUAGE.matcher(draft.languages().get(i)).matches()) {
        faults.add(new Fault("/languages/" + i, "is no language tag, e.g. es or es-MX"));
      }
    }
  }
}
