package io.sluice.workflow.work;

import io.sluice.sources.Finding;
import io.sluice.workflow.AliasView;
import io.sluice.workflow.Reference;
import io.sluice.workflow.WorkflowProblem;
import java.util.ArrayList;
import java.util.List;

/// Rules of aliases.
final class Aliases {
  private Aliases() {}

  static void check(AliasView alias) {
    var found = new ArrayList<Finding>();
    if (!Names.fit(alias.name()) || alias.name().equals(Reference.LATEST)) {
      found.add(
          fault(
              "/name",
              "'"
                  + alias.name()
                  + "' can not be an alias: use lower case letters, digits, dots, hyphens and"
                  + " underscores, and not 'latest', which every workflow has"));
    }
    if ((alias.canaryVersion() == null) != (alias.canaryPercent() == null)) {
      found.add(fault("/canaryPercent", "canaryVersion and canaryPercent go together"));
    }
    if (alias.canaryPercent() != null
        && (alias.canaryPercent() < 1 || alias.canaryPercent() > 99)) {
      found.add(fault("/canaryPercent", "must be 1 to 99"));
    }
    if (alias.canaryVersion() != null && alias.canaryVersion() == alias.version()) {
      found.add(fault("/canaryVersion", "must be another version than 'version'"));
    }
    if (!found.isEmpty()) {
      throw new WorkflowProblem.Invalid("INVALID_ALIAS", "The alias", List.copyOf(found));
    }
  }

  private static Finding fault(String pointer, String detail) {
    return new Finding("INVALID_ALIAS", pointer, null, null, detail);
  }
}
