package dev.kodo.it;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The Chromium of this machine, which sees loopback only. */
final class OperateBrowser implements AutoCloseable {
  static final Path CHROMIUM = Path.of("/usr/bin/chromium");

  private final Playwright playwright;
  private final com.microsoft.playwright.Browser chromium;
  private final Page page;

  OperateBrowser() {
    playwright =
        Playwright.create(
            new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    chromium =
        playwright
            .chromium()
            .launch(
                new BrowserType.LaunchOptions()
                    .setExecutablePath(CHROMIUM)
                    .setArgs(
                        List.of(
                            "--headless",
                            "--no-sandbox",
                            "--disable-gpu",
                            "--disable-quic",
                            "--no-first-run",
                            "--disable-background-networking",
                            "--disable-component-update",
                            "--disable-sync")));
    BrowserContext context =
        chromium.newContext(
            new com.microsoft.playwright.Browser.NewContextOptions().setViewportSize(1440, 900));
    context.setDefaultTimeout(30_000);
    // The applications ask a content network for an editor; a test must not need it.
    context.route(
        url -> !url.startsWith("http://127.0.0.1:") && !url.startsWith("data:"),
        route -> route.abort());
    page = context.newPage();
  }

  static boolean isThere() {
    return Files.isExecutable(CHROMIUM);
  }

  Page page() {
    return page;
  }

  /** Only when the property kodo.screenshots says so: a test leaves the repository as it was. */
  void screenshot(String name) {
    if (Boolean.getBoolean("kodo.screenshots")) {
      page.screenshot(
          new Page.ScreenshotOptions()
              .setPath(Installation.REPOSITORY.resolve("docs/operate/" + name + ".png")));
    }
  }

  @Override
  public void close() {
    chromium.close();
    playwright.close();
  }
}
