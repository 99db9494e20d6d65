package io.sluice.expression.jsonata;

import com.dashjoin.jsonata.Functions;
import com.dashjoin.jsonata.Jsonata;
import com.dashjoin.jsonata.Jsonata.Frame;
import io.sluice.expression.Bounds;
import io.sluice.expression.ExpressionProblem;
import io.sluice.expression.ExpressionProblem.Malformed;
import io.sluice.expression.Reference;
import io.sluice.expression.Scope;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A compiled source.
public final class Program {
  private final Jsonata jsonata;
  private final Bounds bounds;
  private final Places places;
  private final boolean asksForTime;

  private Program(Jsonata jsonata, Bounds bounds, Reader.Found found) {
    this.jsonata = jsonata;
    this.bounds = bounds;
    this.places = found.places();
    this.asksForTime = found.time();
  }

  /// Parses, finds what is read, refuses what may not be called.
  public static Program compile(String source, Bounds bounds) {
    if (source.length() > bounds.source()) {
      throw new Malformed(
          bounds.source(), "The expression has more than " + bounds.source() + " characters");
    }
    if (source.isBlank()) {
      throw new Malformed(0, "The expression is empty. Write a path, as in input.id, or a value");
    }
    try {
      Jsonata jsonata = Jsonata.jsonata(source);
      var found = Reader.read(Node.treeOf(jsonata), bounds.depth());
      jsonata.setValidateInput(false);
      jsonata.setOutputConvertNulls(false);
      Builtins.register(jsonata);
      return new Program(jsonata, bounds, found);
    } catch (ExpressionProblem e) {
      throw e;
    } catch (RuntimeException | Error e) {
      if (e instanceof VirtualMachineError && !(e instanceof StackOverflowError)) {
        throw e;
      }
      throw Faults.malformed(source, e);
    }
  }

  /// What it reads.
  public Set<Reference> references() {
    return places.references();
  }

  /// Whether `$now` or `$millis` is in it.
  public boolean asksForTime() {
    return asksForTime;
  }

  /// The value, or null when there is none.
  public @Nullable Object evaluate(Scope scope) {
    var meter = new Meter(bounds, scope.now());
    try {
      return ScopedValue.where(Meter.CURRENT, meter).call(() -> run(scope, meter));
    } catch (RuntimeException | StackOverflowError e) {
      ExpressionProblem tripped = meter.tripped();
      throw tripped != null ? tripped : Faults.failed(e);
    }
  }

  private @Nullable Object run(Scope scope, Meter meter) {
    Object input = Objects.requireNonNull(places.pick(scope.document()));
    // The library binds the document to the frame of the expression unless it is given another.
    Frame frame = jsonata.createFrame();
    frame.setEvaluateEntryCallback(meter);
    frame.setEvaluateExitCallback(meter);
    Object result = jsonata.evaluate(input, frame);
    meter.check(result);
    return Plain.out(result);
  }

  /// Whether a plain value counts as true.
  public static boolean truth(@Nullable Object value) {
    return value != null && Jsonata.boolize(value);
  }

  /// A plain value as text: nothing for null, JSON for objects and arrays.
  public static String text(@Nullable Object value) {
    return value == null ? "" : Functions.string(value, false);
  }
}
