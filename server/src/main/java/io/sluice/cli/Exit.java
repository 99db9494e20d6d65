package io.sluice.cli;

import java.util.LinkedHashMap;
import java.util.Map;

/// How a command ends, for scripts.
public final class Exit {
  /// What was asked for is done.
  public static final int OK = 0;

  /// It was understood, and failed: a document failed, a job is unknown, the server refused.
  public static final int FAILED = 1;

  /// The command line can not be understood.
  public static final int USAGE = 2;

  /// There is no server, or it does not answer.
  public static final int UNREACHABLE = 3;

  /// Nothing has failed, but people have yet to decide.
  public static final int UNDECIDED = 4;

  private Exit() {}

  static Map<String, String> described() {
    var codes = new LinkedHashMap<String, String>();
    codes.put(" 0", "done");
    codes.put(" 1", "what was asked for failed, e.g. a document");
    codes.put(" 2", "the command line is wrong");
    codes.put(" 3", "no server was reached; ./sluice serve starts one");
    codes.put(" 4", "of a run of tests: nothing has failed, but people have yet to decide");
    codes.put("130, 143", "stopped by Ctrl-C or by a signal");
    return codes;
  }
}
