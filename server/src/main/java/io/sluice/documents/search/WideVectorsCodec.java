package io.sluice.documents.search;

import java.io.IOException;
import org.apache.lucene.codecs.KnnVectorsFormat;
import org.apache.lucene.codecs.KnnVectorsReader;
import org.apache.lucene.codecs.KnnVectorsWriter;
import org.apache.lucene.codecs.lucene104.Lucene104Codec;
import org.apache.lucene.codecs.lucene99.Lucene99HnswVectorsFormat;
import org.apache.lucene.index.SegmentReadState;
import org.apache.lucene.index.SegmentWriteState;

/// The default codec with room for vectors of more than 1,024 dimensions. Only writing knows of it:
/// the files are of the standard format, under its name, and are read by the standard reader.
final class WideVectorsCodec extends Lucene104Codec {

  static final int MAX_DIMENSION = 4096;

  private static final KnnVectorsFormat WIDE =
      new KnnVectorsFormat("Lucene99HnswVectorsFormat") {
        private final KnnVectorsFormat standard = new Lucene99HnswVectorsFormat();

        @Override
        public KnnVectorsWriter fieldsWriter(SegmentWriteState state) throws IOException {
          return standard.fieldsWriter(state);
        }

        @Override
        public KnnVectorsReader fieldsReader(SegmentReadState state) throws IOException {
          return standard.fieldsReader(state);
        }

        @Override
        public int getMaxDimensions(String field) {
          return MAX_DIMENSION;
        }
      };

  @Override
  public KnnVectorsFormat getKnnVectorsFormatForField(String field) {
    return WIDE;
  }
}
