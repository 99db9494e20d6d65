package io.sluice.documents.search;

import io.sluice.documents.search.KeywordLeg.Token;
import io.sluice.documents.search.Snippet.Highlight;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Chooses the window of a chunk with the most different words of the query in it.
final class SnippetMaker {

  private static final int WINDOW_CHARS = 300;

  private final KeywordLeg words;
  private final Set<String> terms;

  SnippetMaker(KeywordLeg words, String query) {
    this.words = words;
    this.terms = words.terms(query);
  }

  Snippet of(String text) {
    List<Token> matches =
        words.tokens(text).stream().filter(token -> terms.contains(token.term())).toList();
    int start = wordStart(text, best(matches));
    int end = wordEnd(text, start + WINDOW_CHARS);
    List<Highlight> highlights =
        matches.stream()
            .filter(match -> match.start() >= start && match.end() <= end)
            .map(match -> new Highlight(match.start() - start, match.end() - start))
            .toList();
    return new Snippet(text.substring(start, end), start, highlights);
  }

  private static int best(List<Token> matches) {
    int best = 0;
    int most = 0;
    for (int i = 0; i < matches.size(); i++) {
      int start = matches.get(i).start();
      Set<String> distinct = new HashSet<>();
      for (int j = i; j < matches.size() && matches.get(j).end() <= start + WINDOW_CHARS / 2; j++) {
        distinct.add(matches.get(j).term());
      }
      if (distinct.size() > most) {
        most = distinct.size();
        best = start;
      }
    }
    // The words are shown with a little of what stands before them.
    return Math.max(0, best - WINDOW_CHARS / 4);
  }

  private static int wordStart(String text, int from) {
    int at = from;
    while (at > 0 && from - at < 40 && !Character.isWhitespace(text.charAt(at - 1))) {
      at--;
    }
    return at > 0 && Character.isLowSurrogate(text.charAt(at)) ? at - 1 : at;
  }

  private static int wordEnd(String text, int from) {
    int at = Math.min(from, text.length());
    while (at < text.length() && at - from < 40 && !Character.isWhitespace(text.charAt(at))) {
      at++;
    }
    return at < text.length() && Character.isLowSurrogate(text.charAt(at)) ? at + 1 : at;
  }
}
