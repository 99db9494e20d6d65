package io.sluice.documents.search;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.analysis.tokenattributes.OffsetAttribute;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.BoostQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TermQuery;

/// BM25 over text and context. Any word may match: asking for all of them finds next to nothing for
/// a question in plain language.
final class KeywordLeg {

  /// Two clauses a term, and the library allows 1,024.
  private static final int MAX_TERMS = 200;

  private static final float CONTEXT_BOOST = 0.5f;

  private final Analyzer analyzer;

  KeywordLeg(Analyzer analyzer) {
    this.analyzer = analyzer;
  }

  List<Integer> search(IndexSearcher searcher, String query, Query filter, int k)
      throws IOException {
    Set<String> terms = terms(query);
    if (terms.isEmpty()) {
      return List.of();
    }
    var any = new BooleanQuery.Builder();
    for (String term : terms) {
      any.add(new TermQuery(new Term(ChunkFields.TEXT, term)), Occur.SHOULD);
      Query inContext = new TermQuery(new Term(ChunkFields.CONTEXT, term));
      any.add(new BoostQuery(inContext, CONTEXT_BOOST), Occur.SHOULD);
    }
    Query filtered =
        new BooleanQuery.Builder().add(any.build(), Occur.MUST).add(filter, Occur.FILTER).build();
    List<Integer> docs = new ArrayList<>();
    for (ScoreDoc hit : searcher.search(filtered, k).scoreDocs) {
      docs.add(hit.doc);
    }
    return docs;
  }

  Set<String> terms(String query) {
    Set<String> terms = new LinkedHashSet<>();
    for (Token token : tokens(query)) {
      terms.add(token.term());
      if (terms.size() == MAX_TERMS) {
        break;
      }
    }
    return terms;
  }

  /// A term and where it stands in the text.
  record Token(String term, int start, int end) {}

  List<Token> tokens(String text) {
    List<Token> tokens = new ArrayList<>();
    try (TokenStream stream = analyzer.tokenStream(ChunkFields.TEXT, new StringReader(text))) {
      CharTermAttribute term = stream.addAttribute(CharTermAttribute.class);
      OffsetAttribute offset = stream.addAttribute(OffsetAttribute.class);
      stream.reset();
      while (stream.incrementToken()) {
        tokens.add(new Token(term.toString(), offset.startOffset(), offset.endOffset()));
      }
      stream.end();
      return tokens;
    } catch (IOException e) {
      throw new UncheckedIOException("a string cannot fail to be read", e);
    }
  }
}
