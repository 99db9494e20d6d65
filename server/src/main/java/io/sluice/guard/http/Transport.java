package io.sluice.guard.http;

import io.sluice.guard.Answer;
import io.sluice.guard.Call;
import io.sluice.guard.CallFailure;
import io.sluice.guard.Headers;
import io.sluice.guard.StreamedOutbound;
import io.sluice.guard.model.EgressPolicy;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ConnectionRequestTimeoutException;
import org.apache.hc.core5.util.TimeValue;
import org.jspecify.annotations.Nullable;
import org.springframework.core.task.AsyncTaskExecutor;

/// Makes calls, unguarded by any breaker. Connections are kept, by route.
public final class Transport implements AutoCloseable {
  private static final int CONNECTIONS = 2_000;

  /// A bound for what has gone wrong, and no limit to rely on: whoever wants fewer calls at once
  /// limits what makes them. Several hundred tests of one server wait for its answers at once.
  private static final int CONNECTIONS_A_ROUTE = 1_000;

  private static final TimeValue IDLE = TimeValue.ofSeconds(30);
  private static final TimeValue LOOK_AGAIN = TimeValue.ofMilliseconds(200);

  private final CloseableHttpClient client;
  private final AsyncTaskExecutor executor;

  /// @param names tests look up otherwise
  /// @param executor runs the calls, so that the caller can leave one at any time
  public Transport(Names names, EgressPolicy policy, AsyncTaskExecutor executor) {
    var connections =
        PoolingHttpClientConnectionManagerBuilder.create()
            .setDnsResolver(new CheckedNames(names, policy))
            .setMaxConnTotal(CONNECTIONS)
            .setMaxConnPerRoute(CONNECTIONS_A_ROUTE)
            .setDefaultConnectionConfig(
                ConnectionConfig.custom()
                    .setIdleTimeout(IDLE.toTimeout())
                    .setValidateAfterInactivity(LOOK_AGAIN)
                    .build())
            .build();
    this.client =
        HttpClients.custom()
            .setConnectionManager(connections)
            .setRequestExecutor(new DuplexExecutor(executor))
            .setUserAgent("Sluice")
            .disableAutomaticRetries()
            .disableRedirectHandling()
            .disableCookieManagement()
            .disableAuthCaching()
            .disableContentCompression()
            .build();
    this.executor = executor;
  }

  /// A call that was looked at and can be made.
  public static final class Ready {
    private final Hop hop;
    private final Call call;
    private final boolean unpack;

    private Ready(Hop hop, Call call, boolean unpack) {
      this.hop = hop;
      this.call = call;
      this.unpack = unpack;
    }
  }

  /// Looks at a call, without making it.
  ///
  /// @throws CallFailure.Lasting if it can not be made
  public static Ready ready(Call call) {
    boolean unpack = !call.headers().has("Accept-Encoding");
    Headers headers =
        unpack ? call.headers().and("Accept-Encoding", "gzip, deflate") : call.headers();
    return new Ready(Hop.of(call, headers), call, unpack);
  }

  /// Makes a call.
  ///
  /// @throws InterruptedException if the thread was interrupted; the call is cut off
  public Answer send(Ready ready) throws InterruptedException {
    var exchange = new Exchange(client, ready.call.options(), ready.unpack);
    return run(ready, () -> exchange.run(ready.hop), exchange::cut);
  }

  /// Makes a call whose body is written while the answer is heard.
  ///
  /// @throws InterruptedException if the thread was interrupted; the call is cut off
  public Answer stream(
      Ready ready, StreamedOutbound.Writing body, StreamedOutbound.Listener listener)
      throws InterruptedException {
    var type = ready.call.headers().first("Content-Type").orElse(null);
    var exchange =
        new StreamedExchange(
            client, ready.call.options(), new StreamedEntity(type, body), listener);
    return run(ready, () -> exchange.run(ready.hop), exchange::cut);
  }

  private Answer run(Ready ready, Callable<Answer> exchange, Runnable cut)
      throws InterruptedException {
    var options = ready.call.options();
    var running = executor.submit(exchange);
    boolean ended = false;
    try {
      var answer = running.get(options.timeout().toNanos(), TimeUnit.NANOSECONDS);
      ended = true;
      return answer;
    } catch (TimeoutException _) {
      throw timedOut(ready);
    } catch (ExecutionException e) {
      ended = true;
      throw failure(ready, e.getCause());
    } finally {
      if (!ended) {
        cut.run();
        running.cancel(true);
      }
    }
  }

  private static CallFailure.CallTimedOut timedOut(Ready ready) {
    Duration time = ready.call.options().timeout();
    return new CallFailure.CallTimedOut(
        "%s did not answer within %s".formatted(ready.hop.target().host(), time));
  }

  private static RuntimeException failure(Ready ready, @Nullable Throwable cause) {
    var host = ready.hop.target().host();
    return switch (cause) {
      case CheckedNames.Refused refused ->
          new CallFailure.EgressRefused(
              refused.getMessage()
                  + " is at a private or local address, which is not called. If it may be, name its network in"
                  + " SLUICE_EGRESS_ALLOW");
      case UnknownHostException _ ->
          new CallFailure.ConnectFailed("The name of " + host + " is not known", cause);
      case ConnectTimeoutException _ ->
          new CallFailure.ConnectFailed("There was no connection to " + host + " in time", cause);
      case ConnectionRequestTimeoutException _ ->
          new CallFailure.ConnectFailed("Too many calls to " + host + " run at once", cause);
      case ConnectException _, NoRouteToHostException _ ->
          new CallFailure.ConnectFailed("Nobody listens at " + host, cause);
      case SSLException tls ->
          new CallFailure.ConnectFailed("TLS with " + host + " failed: " + tls.getMessage(), tls);
      case SocketTimeoutException _ -> timedOut(ready);
      case IOException _ ->
          new CallFailure.ConnectionLost("The connection to " + host + " broke", cause);
      case RuntimeException known -> known;
      case Error error -> throw error;
      case null, default -> new IllegalStateException("a call failed otherwise", cause);
    };
  }

  @Override
  public void close() {
    client.close(org.apache.hc.core5.io.CloseMode.IMMEDIATE);
  }
}
