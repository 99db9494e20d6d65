package io.sluice.cli.terminal;

import java.io.PrintStream;
import java.util.Map;

/// Where a command writes.
///
/// @param out what was asked for
/// @param err everything else
/// @param columns the width; 0 if stdout is no terminal
/// @param colour whether stdout may be coloured
public record Terminal(PrintStream out, PrintStream err, int columns, boolean colour) {
  /// The launcher, which can tell, names the width in a property when there is one.
  public static Terminal ofThisProcess() {
    return of(System.out, System.err, Integer.getInteger("sluice.terminal", 0), System.getenv());
  }

  /// A terminal as the environment wants it: `NO_COLOR` (any value but the empty one) and
  /// `TERM=dumb`.
  static Terminal of(
      PrintStream out, PrintStream err, int columns, Map<String, String> environment) {
    boolean dumb = "dumb".equals(environment.get("TERM"));
    boolean plain = !environment.getOrDefault("NO_COLOR", "").isEmpty();
    return new Terminal(out, err, dumb ? 0 : columns, columns > 0 && !dumb && !plain);
  }

  /// Whether what was written can be redrawn.
  public boolean live() {
    return columns > 0;
  }

  /// A line on stdout.
  public void print(String line) {
    out.println(line);
  }

  /// A line on stderr.
  public void note(String line) {
    err.println(Texts.harmless(line));
  }

  /// What went wrong, on stderr.
  public void complain(String text) {
    note("sluice: " + text);
  }

  /// For stdout, in a colour where there are any.
  public String paint(Ink ink, String text) {
    return colour ? ink.paint(text) : text;
  }
}
