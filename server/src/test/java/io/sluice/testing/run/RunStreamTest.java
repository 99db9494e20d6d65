package io.sluice.testing.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.testing.SharedServer;
import io.sluice.testing.StubService;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// The live stream of a run.
class RunStreamTest {
  private static final TestDesk DESK = new TestDesk(SharedServer.calls());

  @Test
  @Timeout(60)
  void tellsHowItIsAndThenEveryChangeOfThisRunAlone() throws Exception {
    try (var shop = StubService.start();
        var client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
      var testCase =
          DESK.testCase(
              """
              name: %s
              type: http
              steps: [{name: look, url: "%s"}]
              """
                  .formatted(TestDesk.name("Watched"), shop.url("/")));
      var run = DESK.run(List.of(testCase), Map.of());
      var other = DESK.run(List.of(testCase), Map.of());
      var request =
          HttpRequest.newBuilder(
                  SharedServer.calls().base().resolve("/api/v1/test-runs/" + run + "/events"))
              .header("Accept", "text/event-stream")
              .build();
      var answer = client.send(request, BodyHandlers.ofInputStream());
      var in = new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8));
      var told = new ArrayList<String>();
      for (var line = in.readLine(); line != null; line = in.readLine()) {
        if (line.startsWith("event:run")) {
          DESK.schedule(other);
          DESK.schedule(run);
        } else if (line.startsWith("data:")) {
          told.add(line);
          if (line.contains("test.run.completed")) {
            break;
          }
        }
      }
      assertThat(told.getFirst()).contains("\"status\":\"pending\"", run);
      assertThat(told).noneMatch(line -> line.contains(other));
      assertThat(told.stream().filter(line -> line.contains("\"code\"")).map(RunStreamTest::code))
          .containsExactly(
              "test.run.running",
              "test.execution.running",
              "test.execution.completed",
              "test.run.completed");
      client.shutdownNow();
    }
  }

  private static String code(String line) {
    int from = line.indexOf("\"code\":\"") + 8;
    return line.substring(from, line.indexOf('"', from));
  }
}
