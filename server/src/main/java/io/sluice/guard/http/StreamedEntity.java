package io.sluice.guard.http;

import io.sluice.guard.StreamedOutbound.Writing;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.util.concurrent.Future;
import org.apache.hc.core5.http.io.entity.AbstractHttpEntity;
import org.jspecify.annotations.Nullable;

/// A body that its caller writes, in chunks.
final class StreamedEntity extends AbstractHttpEntity {
  /// Of a call's context: the client wraps the entity of a request.
  static final String ATTRIBUTE = "sluice.streamed";

  private final Writing writing;
  private volatile boolean refused;
  private volatile boolean ended;
  private volatile @Nullable Future<?> sending;
  private volatile @Nullable RuntimeException failure;
  private volatile Runnable brokenOff = () -> {};

  StreamedEntity(@Nullable String type, Writing writing) {
    super(type, null, true);
    this.writing = writing;
  }

  @Override
  public void writeTo(OutputStream out) throws IOException {
    try {
      writing.to(new Noticing(out));
    } catch (InterruptedException _) {
      breakOff(null);
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("cut off");
    } catch (IOException e) {
      breakOff(null);
      throw e;
    } catch (RuntimeException e) {
      breakOff(e);
      throw e;
    }
  }

  /// It is not written whole. The call has failed by that, unless the other side has said all it
  /// had to say, or takes no more and may still say why.
  private void breakOff(@Nullable RuntimeException why) {
    if (!ended && !refused) {
      failure = why;
      brokenOff.run();
    }
  }

  /// What breaks the connection off, before the client can end the body as if it were whole.
  void whenBroken(Runnable action) {
    brokenOff = action;
  }

  /// Notices when the other side takes no more.
  private final class Noticing extends FilterOutputStream {
    Noticing(OutputStream out) {
      super(out);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
      try {
        out.write(bytes, from, length);
      } catch (IOException e) {
        refused = true;
        throw e;
      }
    }

    @Override
    public void flush() throws IOException {
      try {
        out.flush();
      } catch (IOException e) {
        refused = true;
        throw e;
      }
    }
  }

  /// The task that sends it.
  void sentBy(Future<?> task) {
    sending = task;
    if (ended) {
      task.cancel(true);
    }
  }

  /// The answer is whole, or the call was given up: what is still to be sent is not needed.
  void end() {
    ended = true;
    var task = sending;
    if (task != null) {
      task.cancel(true);
    }
  }

  /// Why the writer failed, if it did by a fault of its own.
  @Nullable RuntimeException failure() {
    return failure;
  }

  @Override
  public boolean isRepeatable() {
    return false;
  }

  @Override
  public boolean isStreaming() {
    return true;
  }

  @Override
  public long getContentLength() {
    return -1;
  }

  @Override
  public InputStream getContent() {
    throw new UnsupportedOperationException("this body is only written");
  }

  @Override
  public void close() {
    // Nothing is held.
  }
}
