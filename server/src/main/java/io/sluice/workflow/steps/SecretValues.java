package io.sluice.workflow.steps;

import io.sluice.platform.Secrets;
import java.util.AbstractMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// `secrets` of expressions: read when asked for, so that what is not named is not copied.
public final class SecretValues extends AbstractMap<String, @Nullable Object> {
  private final Secrets secrets;

  /// Over the server's.
  public SecretValues(Secrets secrets) {
    this.secrets = secrets;
  }

  /// What to say about one that is not there.
  static StepFailure unknown(String name) {
    return StepFailure.lasting(
        "UNKNOWN_SECRET",
        "There is no secret '"
            + name
            + "'; set SLUICE_SECRET_"
            + name.toUpperCase(java.util.Locale.ROOT)
            + " for the server");
  }

  @Override
  public boolean containsKey(Object name) {
    return true;
  }

  /// @throws StepFailure if there is none of that name
  @Override
  public @Nullable Object get(Object name) {
    var text = String.valueOf(name);
    return secrets.get(text).orElseThrow(() -> unknown(text));
  }

  @Override
  public Set<Map.Entry<String, @Nullable Object>> entrySet() {
    var all = new LinkedHashMap<String, @Nullable Object>();
    secrets.names().forEach(name -> all.put(name, secrets.get(name).orElse(null)));
    return all.entrySet();
  }

  /// Tells no value.
  @Override
  public String toString() {
    return secrets.toString();
  }
}
