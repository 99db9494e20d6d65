package io.sluice.documents;

import io.sluice.platform.Problem;

/// What can go wrong for those who ask for documents.
public abstract sealed class DocumentProblem extends Problem {
  private DocumentProblem(Sort sort, String code, String detail) {
    super(sort, code, detail);
  }

  /// There is no such document.
  public static final class Unknown extends DocumentProblem {
    /// Names it.
    public Unknown(Object id) {
      super(Sort.NOT_FOUND, "UNKNOWN_DOCUMENT", "There is no document " + id);
    }
  }

  /// It has no text yet, or never will.
  public static final class NoText extends DocumentProblem {
    /// Names it.
    public NoText(Object id) {
      super(
          Sort.CONFLICT,
          "NO_TEXT",
          "Document " + id + " has no text; look at its status and error");
    }
  }

  /// Its job runs, so that it can not be sent round again.
  public static final class Busy extends DocumentProblem {
    /// Names it.
    public Busy(Object id) {
      super(
          Sort.CONFLICT,
          "DOCUMENT_BUSY",
          "Document " + id + " is being processed; wait for it to end, or cancel its job");
    }
  }
}
