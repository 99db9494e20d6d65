package io.sluice.testing.assistants.houndify;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Speaks Houndify's side over plain sockets: looks for headers in exactly their case, checks
/// signatures, takes RequestInfo from where it is, and answers audio while it comes.
final class HoundifyServer implements AutoCloseable {
  static final String CLIENT = "KFvH6Rpy3tUimL-pCUFpPg==";
  static final String KEY =
      "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8gISIjJCUmJygpKissLS4vMDEyMzQ1Njc4OTo7PD0-Pw==";
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final ServerSocket socket;
  private final List<Asked> asked = new CopyOnWriteArrayList<>();
  private volatile List<String> partials = List.of();
  private volatile String result = "{}";
  private volatile int status = 200;

  /// A request, with its body behind RequestInfo.
  record Asked(String line, Map<String, String> headers, JsonNode info, byte[] body, int chunks) {}

  HoundifyServer() {
    try {
      socket = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.ofVirtual().start(this::accept);
  }

  /// What it says while it listens, a line for each piece of audio, and in the end.
  HoundifyServer answering(List<String> meanwhile, String end) {
    partials = meanwhile;
    result = end;
    return this;
  }

  HoundifyServer status(int value) {
    status = value;
    return this;
  }

  String url(String path) {
    return "http://127.0.0.1:" + socket.getLocalPort() + path;
  }

  List<Asked> asked() {
    return asked;
  }

  private void accept() {
    while (!socket.isClosed()) {
      try {
        var client = socket.accept();
        Thread.ofVirtual().start(() -> serve(client));
      } catch (IOException _) {
        return;
      }
    }
  }

  private void serve(Socket client) {
    try (client) {
      var in = new BufferedInputStream(client.getInputStream());
      var out = client.getOutputStream();
      var line = line(in);
      var headers = headers(in);
      if (!signed(headers)) {
        say(
            out,
            "HTTP/1.1 403 Forbidden\r\nContent-Length: 13\r\nConnection: close\r\n\r\nBad signature");
        return;
      }
      if (line.contains("/v1/audio")) {
        listen(line, headers, in, out);
      } else {
        read(line, headers, in, out);
      }
    } catch (IOException _) {
      // The client has gone.
    }
  }

  private void read(String line, Map<String, String> headers, InputStream in, OutputStream out)
      throws IOException {
    var body = in.readNBytes(Integer.parseInt(headers.getOrDefault("Content-Length", "0")));
    remember(line, headers, body, 0);
    var bytes = result.getBytes(StandardCharsets.UTF_8);
    say(
        out,
        "HTTP/1.1 "
            + status
            + " Said\r\nContent-Type: application/json\r\nConnection: close\r\nContent-Length: "
            + bytes.length
            + "\r\n\r\n");
    out.write(bytes);
    out.flush();
  }

  /// The answer begins with the first piece of audio.
  private void listen(String line, Map<String, String> headers, InputStream in, OutputStream out)
      throws IOException {
    var body = new ByteArrayOutputStream();
    int chunks = 0;
    for (int size = size(in); size > 0; size = size(in)) {
      body.write(in.readNBytes(size));
      line(in);
      if (chunks == 0) {
        say(
            out,
            "HTTP/1.1 "
                + status
                + " Said\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n");
      }
      if (chunks < partials.size()) {
        chunk(out, partials.get(chunks) + "\n");
      }
      chunks++;
    }
    remember(line, headers, body.toByteArray(), chunks);
    // Cut in the middle, as networks do.
    int half = result.length() / 2;
    chunk(out, result.substring(0, half));
    chunk(out, result.substring(half));
    say(out, "0\r\n\r\n");
  }

  private void remember(String line, Map<String, String> headers, byte[] body, int chunks) {
    var length = headers.get("Hound-Request-Info-Length");
    int prefix = length == null ? 0 : Integer.parseInt(length);
    var info =
        length == null
            ? headers.getOrDefault("Hound-Request-Info", "null")
            : new String(body, 0, prefix, StandardCharsets.UTF_8);
    var rest = Arrays.copyOfRange(body, prefix, body.length);
    asked.add(new Asked(line, headers, JSON.readTree(info), rest, chunks));
  }

  /// Reckoned anew from what the headers say.
  private static boolean signed(Map<String, String> headers) {
    var who = headers.getOrDefault("Hound-Request-Authentication", "").split(";");
    var client = headers.getOrDefault("Hound-Client-Authentication", "").split(";");
    if (who.length != 2 || client.length != 3 || !client[0].equals(CLIENT)) {
      return false;
    }
    try {
      var mac = Mac.getInstance("HmacSHA256");
      var key = KEY.replace('-', '+').replace('_', '/');
      mac.init(new SecretKeySpec(Base64.getDecoder().decode(key), "HmacSHA256"));
      var hash = mac.doFinal((who[0] + ";" + who[1] + client[1]).getBytes(StandardCharsets.UTF_8));
      var right = Base64.getEncoder().encodeToString(hash).replace('+', '-').replace('/', '_');
      return right.equals(client[2]);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Map<String, String> headers(InputStream in) throws IOException {
    var out = new java.util.HashMap<String, String>();
    for (var line = line(in); !line.isEmpty(); line = line(in)) {
      int colon = line.indexOf(':');
      out.put(line.substring(0, colon), line.substring(colon + 1).strip());
    }
    return out;
  }

  private static int size(InputStream in) throws IOException {
    return Integer.parseInt(line(in), 16);
  }

  private static String line(InputStream in) throws IOException {
    var out = new ByteArrayOutputStream();
    for (int b = in.read(); b != '\n'; b = in.read()) {
      if (b < 0) {
        throw new IOException("cut off");
      }
      out.write(b);
    }
    return out.toString(StandardCharsets.ISO_8859_1).strip();
  }

  private static void chunk(OutputStream out, String text) throws IOException {
    var bytes = text.getBytes(StandardCharsets.UTF_8);
    if (bytes.length > 0) {
      out.write((Integer.toHexString(bytes.length) + "\r\n").getBytes(StandardCharsets.US_ASCII));
      out.write(bytes);
      say(out, "\r\n");
    }
  }

  private static void say(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.UTF_8));
    out.flush();
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
