package io.sluice.expression.jsonata;

import com.dashjoin.jsonata.JException;
import com.dashjoin.jsonata.Jsonata;
import io.sluice.expression.ExpressionProblem;
import io.sluice.expression.ExpressionProblem.Failed;
import io.sluice.expression.ExpressionProblem.Malformed;
import java.text.ParseException;
import java.time.DateTimeException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/// Makes problems of what the library throws. What it says about a document is said without the
/// document's values.
final class Faults {
  /// Codes whose first insert is an operator, a name or a number of the source.
  private static final Set<String> NAMING =
      Set.of(
          "T2001", "T2002", "T2010", "T0410", "T1005", "T1006", "T1007", "T1008", "T1010", "D1002");

  /// Codes by which a source speaks for itself.
  private static final Set<String> SPOKEN = Set.of("D3137", "D3141");

  private Faults() {}

  /// For what went wrong while compiling.
  static Malformed malformed(String source, Throwable thrown) {
    if (thrown instanceof JException e) {
      int at = Math.clamp(e.getLocation(), 0, source.length());
      return new Malformed(at, at(at) + readable(e.getMessage()));
    }
    if (thrown instanceof PatternSyntaxException e) {
      return new Malformed(0, "A regular expression is wrong: " + e.getDescription());
    }
    if (thrown instanceof StackOverflowError) {
      return new Malformed(0, "The expression is nested too deep. Give parts of it a name with :=");
    }
    return new Malformed(
        source.length(), "The expression is incomplete, or an operator stands where a value must");
  }

  /// For what went wrong while evaluating.
  static ExpressionProblem failed(Throwable thrown) {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (cause instanceof ExpressionProblem problem) {
        return problem;
      }
      if (cause instanceof StackOverflowError) {
        return new ExpressionProblem.TooCostly(
            "A value or a regular expression is nested too deep. Work on less at once");
      }
      if (cause instanceof JException e) {
        return new Failed(said(e));
      }
      if (cause instanceof NumberFormatException) {
        return new Failed("A text can not be read as a number");
      }
      if (cause instanceof DateTimeException || cause instanceof ParseException) {
        return new Failed("A text can not be read as a time, or a picture does not fit it");
      }
    }
    return new Failed(
        "The expression does not fit the document: a value has another type, or another form, than"
            + " an operator or a function takes");
  }

  private static String said(JException e) {
    String code = e.getError();
    if (SPOKEN.contains(code) && e.getCurrent() instanceof String message) {
      return message;
    }
    if ("T0412".equals(code)) {
      return "A function got an array, or a value alone, that holds another type than it takes";
    }
    if ("T0411".equals(code)) {
      return "A function without an argument takes the context, and that has another type than it"
          + " takes";
    }
    Object first = NAMING.contains(code) ? e.getCurrent() : typeOf(e.getCurrent());
    Object second = "T0410".equals(code) ? e.getExpected() : typeOf(e.getExpected());
    String message = readable(JException.msg(code, -1, first, second));
    return (e.getLocation() > 0 ? at(e.getLocation()) : "") + message;
  }

  private static String at(int position) {
    return "At character " + position + ": ";
  }

  /// The library's texts call functions objects, and quote inserts.
  private static String readable(@Nullable String message) {
    String text = message == null ? "it can not be read" : message;
    return text.replace("JSonataException ", "").replace("Object", "function").replace("\"", "'");
  }

  private static String typeOf(@Nullable Object value) {
    return switch (value) {
      case null -> "nothing";
      case String _ -> "a string";
      case Number _ -> "a number";
      case Boolean _ -> "a boolean";
      case Map<?, ?> _ -> "an object";
      case List<?> _ -> "an array";
      default -> value == Jsonata.NULL_VALUE ? "null" : "a function";
    };
  }
}
