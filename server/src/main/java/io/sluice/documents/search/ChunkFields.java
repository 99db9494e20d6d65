package io.sluice.documents.search;

import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.KnnFloatVectorField;
import org.apache.lucene.document.StoredField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.IndexableField;
import org.apache.lucene.index.Term;
import org.apache.lucene.index.VectorSimilarityFunction;
import org.jspecify.annotations.Nullable;

/// How a chunk is laid out in the index, in both directions.
final class ChunkFields {

  /// Part of the generation: rises with every change to the fields or to how they are analysed.
  static final String LAYOUT = "1";

  static final String TENANT = "tenant";
  static final String DOCUMENT = "document";
  static final String TEXT = "text";
  static final String CONTEXT = "context";
  static final String VECTOR = "vector";
  private static final String CHUNK = "chunk";
  private static final String START = "start";
  private static final String END = "end";
  private static final String FIRST_PAGE = "firstPage";
  private static final String LAST_PAGE = "lastPage";
  private static final String HEADING = "heading";

  private ChunkFields() {}

  static Term chunkTerm(UUID chunkId) {
    return new Term(CHUNK, chunkId.toString());
  }

  static Term documentTerm(UUID documentId) {
    return new Term(DOCUMENT, documentId.toString());
  }

  static Document write(IndexedChunk chunk) {
    var fields = new Document();
    fields.add(new StringField(TENANT, chunk.tenantId().toString(), Field.Store.NO));
    fields.add(new StringField(DOCUMENT, chunk.documentId().toString(), Field.Store.YES));
    fields.add(new StringField(CHUNK, chunk.chunkId().toString(), Field.Store.YES));
    fields.add(new TextField(TEXT, chunk.text(), Field.Store.YES));
    fields.add(new TextField(CONTEXT, chunk.context(), Field.Store.NO));
    fields.add(
        new KnnFloatVectorField(
            VECTOR, unit(chunk.vector()), VectorSimilarityFunction.DOT_PRODUCT));
    Place place = chunk.place();
    fields.add(new StoredField(START, place.start()));
    fields.add(new StoredField(END, place.end()));
    add(fields, FIRST_PAGE, place.firstPage());
    add(fields, LAST_PAGE, place.lastPage());
    place.headings().forEach(heading -> fields.add(new StoredField(HEADING, heading)));
    return fields;
  }

  private static void add(Document fields, String name, @Nullable Integer value) {
    if (value != null) {
      fields.add(new StoredField(name, value));
    }
  }

  /// A copy of length 1, as the dot product wants it.
  static float[] unit(float[] vector) {
    double squares = 0;
    for (float x : vector) {
      squares += (double) x * x;
    }
    if (!(squares > 0) || Double.isInfinite(squares)) {
      throw new IllegalArgumentException("a vector must be finite and not zero");
    }
    float[] unit = Arrays.copyOf(vector, vector.length);
    float scale = (float) (1 / Math.sqrt(squares));
    for (int i = 0; i < unit.length; i++) {
      unit[i] *= scale;
    }
    return unit;
  }

  static UUID chunkId(Document fields) {
    return UUID.fromString(fields.get(CHUNK));
  }

  static UUID documentId(Document fields) {
    return UUID.fromString(fields.get(DOCUMENT));
  }

  static String text(Document fields) {
    return fields.get(TEXT);
  }

  static Place place(Document fields) {
    return new Place(
        number(fields, START),
        number(fields, END),
        optional(fields, FIRST_PAGE),
        optional(fields, LAST_PAGE),
        List.of(fields.getValues(HEADING)));
  }

  private static int number(Document fields, String name) {
    Integer value = optional(fields, name);
    if (value == null) {
      throw new IllegalStateException("an indexed chunk lacks its " + name);
    }
    return value;
  }

  private static @Nullable Integer optional(Document fields, String name) {
    IndexableField field = fields.getField(name);
    return field == null ? null : field.numericValue().intValue();
  }
}
