package io.sluice.cli.terminal;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Several things that go on at once, a line each. Thread-safe.
///
/// On a terminal the lines are redrawn in place; what has ended moves up and stays. Elsewhere each
/// change is a line of its own.
public final class Board {
  /// How many lines are drawn, unless it is said otherwise.
  private static final int MOST_LIVE = 12;

  private static final String CLEAR_LINE = "\u001b[K";
  private static final String CLEAR_BELOW = "\u001b[J";

  /// One thing.
  ///
  /// @param key which one
  /// @param live its line on a terminal, without line breaks; colours do no harm
  /// @param plain its line elsewhere; written again only when it differs from the last one
  /// @param ended whether it changes no more
  public record Row(String key, String live, String plain, boolean ended) {}

  private final PrintStream out;
  private final boolean live;
  private final int mostLive;
  private final Map<String, String> written = new HashMap<>();
  private int drawn;
  private String last = "";

  /// A board.
  ///
  /// @param live whether lines can be redrawn there
  public Board(PrintStream out, boolean live) {
    this(out, live, MOST_LIVE);
  }

  /// A board of another height.
  ///
  /// @param mostLive how many lines are drawn again and again
  public Board(PrintStream out, boolean live, int mostLive) {
    this.out = out;
    this.live = live;
    this.mostLive = mostLive;
  }

  /// Shows how things are now. A row that has ended is shown once, however often it comes.
  public synchronized void show(List<Row> rows) {
    if (live) {
      redraw(rows);
    } else {
      rows.forEach(this::tell);
    }
  }

  /// A line that stays, above what is still drawn.
  public synchronized void print(String line) {
    out.print(up() + line + CLEAR_LINE.repeat(live ? 1 : 0) + "\n");
    out.flush();
    drawn = 0;
    last = "";
  }

  private void redraw(List<Row> rows) {
    var text = new StringBuilder();
    var open = new ArrayList<String>();
    for (var row : rows) {
      if (!row.ended()) {
        open.add(row.live());
      } else if (written.put(row.key(), row.plain()) == null) {
        text.append(row.live()).append(CLEAR_LINE).append('\n');
      }
    }
    int more = Math.max(0, open.size() - mostLive);
    var shown = new ArrayList<>(open.subList(0, open.size() - more));
    if (more > 0) {
      shown.add("  … and " + more + " more");
    }
    shown.forEach(line -> text.append(line).append(CLEAR_LINE).append('\n'));
    if (text.toString().equals(last)) {
      return;
    }
    out.print(up() + text);
    out.flush();
    drawn = shown.size();
    last = text.toString();
  }

  private void tell(Row row) {
    if (!row.plain().equals(written.put(row.key(), row.plain()))) {
      out.println(row.plain());
    }
  }

  /// Goes back to the first line that was drawn.
  private String up() {
    return drawn == 0 ? "" : "\u001b[" + drawn + "A\r" + CLEAR_BELOW;
  }
}
