package io.sluice.testing.runners;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.PlaywrightException;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.TimeoutError;
import com.microsoft.playwright.Tracing;
import io.sluice.guard.Egress;
import io.sluice.platform.Secrets;
import io.sluice.platform.SluiceSettings;
import io.sluice.testing.CaseType;
import io.sluice.testing.model.BrowserStep;
import io.sluice.testing.model.Expansion.Bound;
import io.sluice.testing.run.ExecutionPlan;
import io.sluice.testing.run.Runner;
import io.sluice.testing.run.Trace;
import io.sluice.testing.run.Trace.StepStatus;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.stereotype.Component;

/// Does in a real browser what the steps say. Playwright's objects belong to one thread, so that
/// each attempt has a driver and a browser of its own; both end with it. When a step fails, a
/// picture of the page, what the console said and Playwright's trace are kept.
@Component
@EnableConfigurationProperties(BrowserSettings.class)
final class BrowserRunner implements Runner {
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final BrowserSettings settings;
  private final Path temporary;
  private final Egress egress;
  private final Secrets secrets;
  private @Nullable Path shelf;

  BrowserRunner(BrowserSettings settings, SluiceSettings server, Egress egress, Secrets secrets) {
    this.settings = settings;
    this.temporary = server.data().resolve("tmp");
    this.egress = egress;
    this.secrets = secrets;
  }

  @Override
  public CaseType type() {
    return CaseType.BROWSER;
  }

  @Override
  public Result run(ExecutionPlan plan, Trace trace) throws Exception {
    var found = settings.find();
    trace.left();
    try (var playwright = start(found);
        var browser = launch(playwright, found);
        var context = browser.newContext()) {
      context.tracing().start(new Tracing.StartOptions().setScreenshots(true).setSnapshots(true));
      context.route("**/*", this::guard);
      return steps(plan, trace, context);
    } catch (TimeoutError e) {
      throw e;
    } catch (PlaywrightException e) {
      if (Thread.currentThread().isInterrupted()) {
        throw new InterruptedException();
      }
      throw new CaseError("BROWSER_FAILED", "The browser has failed", e.getMessage());
    }
  }

  private synchronized Playwright start(BrowserSettings.Found found) {
    if (shelf == null) {
      shelf = BrowserSettings.shelf(found.driver(), temporary);
      System.setProperty("playwright.cli.dir", shelf.toString());
    }
    return Playwright.create(
        new Playwright.CreateOptions()
            .setEnv(
                Map.of(
                    "PLAYWRIGHT_NODEJS_PATH",
                    found.node().toString(),
                    "PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD",
                    "1")));
  }

  private static Browser launch(Playwright playwright, BrowserSettings.Found found) {
    boolean root = "root".equals(System.getProperty("user.name"));
    return playwright
        .chromium()
        .launch(
            new BrowserType.LaunchOptions()
                .setExecutablePath(found.chromium())
                .setArgs(root ? List.of("--no-sandbox") : List.of()));
  }

  /// What may not be called is not.
  private void guard(Route route) {
    if (egress.refusal(URI.create(route.request().url())).isPresent()) {
      route.abort();
    } else {
      route.resume();
    }
  }

  private Result steps(ExecutionPlan plan, Trace trace, BrowserContext context) {
    var page = context.newPage();
    List<String> console = new CopyOnWriteArrayList<>();
    page.onConsoleMessage(message -> console.add(message.type() + ": " + message.text()));
    page.onPageError(error -> console.add("error: " + error));
    for (var bound : plan.steps()) {
      if (!(bound.step() instanceof BrowserStep step)) {
        throw new CaseError("WRONG_STEP", "Step " + bound.id() + " is not for a browser", null);
      }
      var started = trace.now();
      var wrong = take(plan, bound, step, page, trace);
      trace.add(told(step, wrong, started, trace.now(), page));
      if (wrong != null) {
        keep(trace, context, page, console);
        return Result.failed(
            "Step %s, %s: %s".formatted(bound.id(), step.title(), wrong),
            String.join("\n", console),
            Map.of("url", page.url(), "title", page.title()));
      }
    }
    return Result.passed(Map.of("url", page.url(), "title", page.title()), Map.of(), null);
  }

  /// @return what is wrong; null: nothing
  private @Nullable String take(
      ExecutionPlan plan, Bound bound, BrowserStep step, Page page, Trace trace) {
    var patience = step.timeout() == null ? PATIENCE : step.timeout();
    var left = trace.left();
    page.setDefaultTimeout((patience.compareTo(left) < 0 ? patience : left).toMillis());
    page.setDefaultNavigationTimeout(left.toMillis());
    var pages = new BrowserPage(page, new Rendering(secrets, plan, bound, Map.of()), trace);
    try {
      return pages.take(step.command());
    } catch (TimeoutError e) {
      trace.left();
      return "it did not become so within " + patience.toMillis() + " ms";
    } catch (PlaywrightException e) {
      return String.valueOf(e.getMessage()).lines().findFirst().orElse("the browser refused");
    }
  }

  private Trace.Step told(
      BrowserStep step, @Nullable String wrong, Instant started, Instant now, Page page) {
    return new Trace.Step(
        step.title(),
        wrong == null ? StepStatus.PASSED : StepStatus.FAILED,
        wrong == null ? null : secrets.redact(wrong),
        started,
        Duration.between(started, now),
        Map.of("url", secrets.redact(page.url())));
  }

  private void keep(Trace trace, BrowserContext context, Page page, List<String> console) {
    trace.artifact(
        "failure.png",
        "image/png",
        page.screenshot(new Page.ScreenshotOptions().setFullPage(true)));
    var said = secrets.redact(String.join("\n", console));
    trace.artifact("console.log", "text/plain", said.getBytes(StandardCharsets.UTF_8));
    try {
      var file = Files.createTempFile(Files.createDirectories(temporary), "trace", ".zip");
      context.tracing().stop(new Tracing.StopOptions().setPath(file));
      trace.artifact("trace.zip", "application/zip", Files.readAllBytes(file));
      Files.delete(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
