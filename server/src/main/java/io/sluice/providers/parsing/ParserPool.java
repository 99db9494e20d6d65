package io.sluice.providers.parsing;

import io.sluice.providers.ParseLimits;
import io.sluice.providers.ParseOutcome;
import io.sluice.providers.ParseProgress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.jspecify.annotations.Nullable;

/// A fixed number of places for parser processes. A place is filled when it is first needed and
/// again after its process has died or served its time.
final class ParserPool implements AutoCloseable {

  private static final class Place {
    volatile @Nullable ParserProcess process;
  }

  private final ParserSettings settings;
  private final List<Place> places = new ArrayList<>();
  private final BlockingQueue<Place> free;
  private volatile boolean closed;

  ParserPool(ParserSettings settings) {
    this.settings = settings;
    this.free = new ArrayBlockingQueue<>(settings.processes());
    for (int i = 0; i < settings.processes(); i++) {
      var place = new Place();
      places.add(place);
      free.add(place);
    }
  }

  ParseOutcome parse(Path file, ParseLimits limits, ParseProgress progress)
      throws InterruptedException {
    Place place = free.take();
    try {
      return fill(place).parse(file, limits, progress);
    } finally {
      free.add(place);
    }
  }

  void warmUp() throws InterruptedException {
    Place place = free.take();
    try {
      fill(place);
    } finally {
      free.add(place);
    }
  }

  /// For tests: the processes that live now.
  List<Long> pids() {
    List<Long> pids = new ArrayList<>();
    for (Place place : places) {
      ParserProcess process = place.process;
      if (process != null && process.alive()) {
        pids.add(process.pid());
      }
    }
    return pids;
  }

  private ParserProcess fill(Place place) throws InterruptedException {
    ParserProcess process = place.process;
    if (process != null && (!process.alive() || process.files() >= settings.filesPerProcess())) {
      process.close();
      process = null;
    }
    if (process == null) {
      if (closed) {
        throw new IllegalStateException("the parser is closed");
      }
      process = ParserProcess.start(settings.launch(), settings.temporary());
      place.process = process;
    }
    if (closed) {
      process.close();
    }
    return process;
  }

  @Override
  public void close() {
    closed = true;
    for (Place place : places) {
      ParserProcess process = place.process;
      if (process != null) {
        process.close();
      }
    }
  }
}
