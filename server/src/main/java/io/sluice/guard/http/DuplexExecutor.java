package io.sluice.guard.http;

import java.io.IOException;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.impl.io.HttpRequestExecutor;
import org.apache.hc.core5.http.io.HttpClientConnection;
import org.apache.hc.core5.http.io.HttpResponseInformationCallback;
import org.apache.hc.core5.http.message.MessageSupport;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.io.CloseMode;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.task.AsyncTaskExecutor;

/// Sends a [StreamedEntity] on a thread of its own while the answer is read already; every other
/// request as usual. The two halves of a connection share no state, and such a connection is not
/// used again.
final class DuplexExecutor extends HttpRequestExecutor {
  private static final Logger LOG = LoggerFactory.getLogger(DuplexExecutor.class);
  private static final int FIRST_FINAL = 200;

  private final AsyncTaskExecutor executor;

  DuplexExecutor(AsyncTaskExecutor executor) {
    this.executor = executor;
  }

  @Override
  public ClassicHttpResponse execute(
      ClassicHttpRequest request,
      HttpClientConnection connection,
      HttpResponseInformationCallback information,
      HttpContext context)
      throws IOException, HttpException {
    if (!(context.getAttribute(StreamedEntity.ATTRIBUTE) instanceof StreamedEntity entity)) {
      return super.execute(request, connection, information, context);
    }
    connection.sendRequestHeader(request);
    connection.flush();
    // Half a body is no request: the other side must not take it for one.
    entity.whenBroken(() -> connection.close(CloseMode.IMMEDIATE));
    var sending = executor.submit(() -> send(request, connection));
    entity.sentBy(sending);
    try {
      return receive(request, connection);
    } catch (IOException | HttpException | RuntimeException e) {
      connection.close(CloseMode.IMMEDIATE);
      sending.cancel(true);
      throw e;
    }
  }

  private static void send(ClassicHttpRequest request, HttpClientConnection connection) {
    try {
      connection.sendRequestEntity(request);
      connection.flush();
    } catch (IOException | HttpException | RuntimeException e) {
      // The entity knows whether that matters; the half that reads tells how the call ends.
      LOG.debug("a streamed body was not sent whole: {}", e.getMessage());
    }
  }

  private static ClassicHttpResponse receive(
      ClassicHttpRequest request, HttpClientConnection connection)
      throws IOException, HttpException {
    var response = connection.receiveResponseHeader();
    while (response.getCode() < FIRST_FINAL) {
      response = connection.receiveResponseHeader();
    }
    if (MessageSupport.canResponseHaveBody(request.getMethod(), response)) {
      connection.receiveResponseEntity(response);
    }
    return response;
  }
}
