package io.sluice.expression;

import io.sluice.platform.Problem;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What can go wrong with an expression. None helps to be tried again with the same document.
public abstract sealed class ExpressionProblem extends Problem {
  private ExpressionProblem(String code, String detail, @Nullable Throwable cause) {
    super(Sort.INVALID, code, detail, List.of(), cause);
  }

  /// The source can not be compiled.
  public static final class Malformed extends ExpressionProblem {
    private final int position;

    /// Names the place and what is expected there.
    ///
    /// @param position how many characters of the source lie before it
    public Malformed(int position, String detail) {
      super("EXPRESSION_MALFORMED", detail, null);
      this.position = position;
    }

    /// How many characters of the source lie before what is wrong.
    public int position() {
      return position;
    }
  }

  /// The expression does not fit the document.
  public static final class Failed extends ExpressionProblem {
    /// Says why.
    public Failed(String detail) {
      super("EXPRESSION_FAILED", detail, null);
    }
  }

  /// A bound was reached.
  public static final class TooCostly extends ExpressionProblem {
    /// Says which.
    public TooCostly(String detail) {
      super("EXPRESSION_TOO_COSTLY", detail, null);
    }
  }
}
