package io.sluice.notifications.model;

import io.sluice.expression.ExpressionProblem;
import io.sluice.expression.Reference;
import io.sluice.expression.Template;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A text with `${secrets.NAME}` in it, which stands for the value of a secret of the environment.
public final class SecretText {
  /// Stands for a value that is not shown, and on an update for the one that is stored.
  public static final String HIDDEN = "***";

  private static final Pattern REFERENCE =
      Pattern.compile("\\$\\{\\s*secrets\\.[A-Za-z_]\\w*\\s*}");

  private SecretText() {}

  /// There is no secret of that name.
  public static final class Missing extends RuntimeException {
    private static final long serialVersionUID = 1;

    /// Names it.
    public Missing(String name) {
      super(
          "There is no secret '" + name + "': set SLUICE_SECRET_" + name.toUpperCase(Locale.ROOT));
    }
  }

  /// What is wrong with it; empty if nothing.
  public static String fault(String text) {
    try {
      boolean others =
          Template.of(text).references().stream()
              .anyMatch(reference -> !reference.root().equals("secrets") || reference.whole());
      return others ? "may read ${secrets.NAME}, and nothing else" : "";
    } catch (ExpressionProblem e) {
      return String.valueOf(e.getMessage());
    }
  }

  /// Whether it is the same whatever the secrets are.
  public static boolean constant(String text) {
    return Template.of(text).constant();
  }

  /// The secrets that it reads.
  public static Set<String> names(Template template) {
    return template.references().stream()
        .map(Reference::member)
        .flatMap(name -> Optional.ofNullable(name).stream())
        .collect(Collectors.toSet());
  }

  /// With the secrets in their places.
  ///
  /// @throws Missing if one is not there
  /// @throws ExpressionProblem if it can not be put together
  public static String render(Template template, Function<String, Optional<String>> secrets) {
    Map<String, @Nullable Object> known = new HashMap<>();
    for (var name : names(template)) {
      known.put(name, secrets.apply(name).orElseThrow(() -> new Missing(name)));
    }
    return String.valueOf(template.render(Map.of("secrets", known)));
  }

  /// As its owner sees it: a reference to a secret tells nothing, everything else may be one.
  public static @Nullable String shown(@Nullable String text) {
    return text == null || REFERENCE.matcher(text).matches() ? text : HIDDEN;
  }

  /// With the stored value in the place of [#HIDDEN].
  public static @Nullable String restored(@Nullable String asked, @Nullable String stored) {
    return HIDDEN.equals(asked) && stored != null ? stored : asked;
  }
}
