package io.sluice.testing.runners;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.SelectOption;
import com.microsoft.playwright.options.WaitForSelectorState;
import io.sluice.testing.model.BrowserStep.Command;
import io.sluice.testing.model.BrowserStep.Condition;
import io.sluice.testing.model.BrowserStep.Target;
import io.sluice.testing.run.Runner.CaseError;
import io.sluice.testing.run.Trace;
import java.net.URI;
import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// One page, and what steps do there.
///
/// @param rendering fills in what is typed and looked for
record BrowserPage(Page page, Rendering rendering, Trace trace) {
  /// Does what a command says.
  ///
  /// @return what is wrong; null: nothing
  /// @throws com.microsoft.playwright.TimeoutError if what it needs did not appear
  @Nullable String take(Command command) {
    switch (command) {
      case Command.Open open -> {
        return opened(text(open.url()));
      }
      case Command.Click click -> find(click.target()).click();
      case Command.Fill fill -> find(fill.target()).fill(text(fill.value()));
      case Command.Press press -> page.keyboard().press(press.key());
      case Command.Select select -> select(find(select.target()), text(select.option()));
      case Command.Check check -> find(check.target()).setChecked(check.on());
      case Command.Expect expect -> await(expect.condition());
      case Command.WaitFor wait -> await(wait.condition());
      case Command.Screenshot shot ->
          trace.artifact(
              shot.name() + ".png",
              "image/png",
              page.screenshot(new Page.ScreenshotOptions().setFullPage(true)));
    }
    return null;
  }

  private @Nullable String opened(String url) {
    var response = page.navigate(absolute(url));
    return response != null && response.status() >= 400
        ? "the page answers with " + response.status()
        : null;
  }

  /// From the page before, or from `env.BASE_URL`.
  private String absolute(String url) {
    if (url.startsWith("http://") || url.startsWith("https://")) {
      return url;
    }
    var base =
        page.url().startsWith("http")
            ? page.url()
            : String.valueOf(rendering.value(io.sluice.expression.Template.of("${env.BASE_URL}")));
    if (!base.startsWith("http")) {
      throw new CaseError(
          "BAD_URL",
          "The URL '" + url + "' has no host; write it whole, or set env.BASE_URL",
          null);
    }
    return URI.create(base).resolve(url).toString();
  }

  private static void select(Locator list, String option) {
    boolean labelled =
        list.locator("option").allTextContents().stream().anyMatch(o -> o.strip().equals(option));
    list.selectOption(
        labelled ? new SelectOption().setLabel(option) : new SelectOption().setValue(option));
  }

  private void await(Condition condition) {
    switch (condition) {
      case Condition.Text seen -> page.getByText(text(seen.text())).first().waitFor();
      case Condition.Visible visible -> find(visible.target()).waitFor();
      case Condition.Hidden hidden ->
          find(hidden.target())
              .waitFor(new Locator.WaitForOptions().setState(WaitForSelectorState.HIDDEN));
      case Condition.Url url -> page.waitForURL(glob(text(url.url())));
      case Condition.Title title -> {
        var wanted = text(title.title());
        page.waitForCondition(() -> page.title().contains(wanted));
      }
    }
  }

  private static Pattern glob(String url) {
    return Pattern.compile(
        Arrays.stream(url.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining(".*"))
            + "$");
  }

  private Locator find(Target target) {
    var value = text(target.value());
    return switch (target.by()) {
      case TEXT -> byText(value);
      case LABEL -> page.getByLabel(value).or(page.getByPlaceholder(value)).first();
      case CSS -> page.locator(value).first();
      case ROLE -> byRole(value, target);
      case TEST_ID -> page.getByTestId(value).first();
    };
  }

  /// Buttons and links come first, then whatever has the text.
  private Locator byText(String value) {
    var options = new Page.GetByRoleOptions().setName(value);
    var pressed =
        page.getByRole(AriaRole.BUTTON, options).or(page.getByRole(AriaRole.LINK, options));
    return pressed.count() > 0 ? pressed.first() : page.getByText(value).first();
  }

  private Locator byRole(String role, Target target) {
    try {
      var known = AriaRole.valueOf(role.toUpperCase(Locale.ROOT).replace("-", ""));
      return target.name() == null
          ? page.getByRole(known).first()
          : page.getByRole(known, new Page.GetByRoleOptions().setName(text(target.name()))).first();
    } catch (IllegalArgumentException e) {
      throw new CaseError("BAD_ROLE", "There is no ARIA role '" + role + "'", null);
    }
  }

  private String text(io.sluice.expression.Template template) {
    return String.valueOf(rendering.text(template));
  }
}
