package io.sluice.documents.search;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.index.CodecReader;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.SegmentInfos;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.store.Lock;
import org.apache.lucene.store.LockObtainFailedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Opens the files of an index, or removes them where they cannot be trusted.
final class IndexDirectory {

  static final String GENERATION = "generation";
  static final String CURSOR = "cursor";

  /// Verifying reads every byte once; beyond this size only the structure is checked on opening.
  private static final long VERIFY_UP_TO_BYTES = 1L << 30;

  private static final Logger LOG = LoggerFactory.getLogger(IndexDirectory.class);

  private IndexDirectory() {}

  /// @throws IllegalStateException if another process has the index open
  static IndexWriter open(Path path, String generation, Analyzer analyzer) throws IOException {
    Files.createDirectories(path);
    Directory directory = FSDirectory.open(path);
    try {
      clearUnlessSound(directory, path, generation);
      try {
        return new IndexWriter(directory, config(analyzer));
      } catch (LockObtainFailedException e) {
        throw e;
      } catch (IOException | RuntimeException e) {
        LOG.warn("The search index in {} cannot be opened and starts empty.", path, e);
        clear(directory);
        return new IndexWriter(directory, config(analyzer));
      }
    } catch (LockObtainFailedException e) {
      directory.close();
      throw new IllegalStateException(
          "the search index in " + path + " is open in another process", e);
    } catch (IOException | RuntimeException e) {
      directory.close();
      throw e;
    }
  }

  private static IndexWriterConfig config(Analyzer analyzer) {
    return new IndexWriterConfig(analyzer)
        .setCodec(new WideVectorsCodec())
        .setOpenMode(IndexWriterConfig.OpenMode.CREATE_OR_APPEND)
        .setCommitOnClose(false);
  }

  private static void clearUnlessSound(Directory directory, Path path, String generation)
      throws IOException {
    // Held while removing, so that an index in use is never touched.
    try (Lock lock = directory.obtainLock(IndexWriter.WRITE_LOCK_NAME)) {
      lock.ensureValid();
      if (noCommit(directory)) {
        deleteFiles(directory);
        return;
      }
      String found =
          String.valueOf(SegmentInfos.readLatestCommit(directory).getUserData().get(GENERATION));
      if (!found.equals(generation)) {
        LOG.info(
            "The search index in {} is of generation {}, not {}, and starts empty.",
            path,
            found,
            generation);
        deleteFiles(directory);
        return;
      }
      verify(directory);
    } catch (LockObtainFailedException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      LOG.warn("The search index in {} is damaged and starts empty.", path, e);
      clear(directory);
    }
  }

  private static boolean noCommit(Directory directory) throws IOException {
    for (String file : directory.listAll()) {
      if (file.startsWith("segments")) {
        return false;
      }
    }
    return true;
  }

  private static void verify(Directory directory) throws IOException {
    long bytes = 0;
    for (String file : directory.listAll()) {
      bytes += directory.fileLength(file);
    }
    try (DirectoryReader reader = DirectoryReader.open(directory)) {
      for (LeafReaderContext leaf : reader.leaves()) {
        if (bytes <= VERIFY_UP_TO_BYTES && leaf.reader() instanceof CodecReader segment) {
          segment.checkIntegrity();
        }
      }
    }
  }

  private static void clear(Directory directory) throws IOException {
    try (Lock lock = directory.obtainLock(IndexWriter.WRITE_LOCK_NAME)) {
      lock.ensureValid();
      deleteFiles(directory);
    }
  }

  /// Only files that Lucene names: the directory may be configured wrongly.
  private static void deleteFiles(Directory directory) throws IOException {
    for (String file : directory.listAll()) {
      if (file.startsWith("segments")
          || file.startsWith("pending_segments")
          || file.startsWith("_")) {
        directory.deleteFile(file);
      }
    }
  }
}
