package io.sluice.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sluice.platform.CurrentTenant;
import io.sluice.platform.Digests;
import io.sluice.testing.AssetKind;
import io.sluice.testing.TestAssets;
import io.sluice.testing.TestAssets.Checked;
import io.sluice.testing.TestFiles;
import io.sluice.testing.TestFiles.File;
import io.sluice.testing.TestFiles.Outcome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.multipart.MultipartFile;

/// Test assets as files, so that they can live in somebody's repository.
@RestController
@RequestMapping("/api/v1/test-assets")
class TestFileRoutes {
  private final TestAssets assets;
  private final TestFiles files;
  private final CurrentTenant tenant;
  private final Idempotency idempotency;

  TestFileRoutes(
      TestAssets assets, TestFiles files, CurrentTenant tenant, Idempotency idempotency) {
    this.assets = assets;
    this.files = files;
    this.tenant = tenant;
    this.idempotency = idempotency;
  }

  @TakesSource
  @PostMapping(
      path = "/validate",
      consumes = {
        MediaType.APPLICATION_JSON_VALUE,
        Sources.YAML,
        Sources.X_YAML,
        Sources.TEXT_YAML
      })
  Checked validate(
      @RequestBody byte[] definition,
      @RequestHeader(HttpHeaders.CONTENT_TYPE) String contentType,
      @RequestParam(required = false) @Nullable String kind) {
    return assets.validate(tenant.get(), kind(kind), Sources.source(definition, contentType));
  }

  private static @Nullable AssetKind kind(@Nullable String name) {
    if (name == null) {
      return null;
    }
    return Arrays.stream(AssetKind.values())
        .filter(k -> k.sql().equals(name.toLowerCase(Locale.ROOT)))
        .findFirst()
        .orElseThrow(
            () -> new Page.RequestProblem("BAD_PARAMETER", "kind", "must be item, case or suite"));
  }

  /// A file: text, or bytes in base64.
  record Sent(@Nullable String path, @Nullable String text, @Nullable String base64) {
    File file(int index) {
      var at = "/files/" + index;
      if (path == null || (text == null) == (base64 == null)) {
        throw new Page.RequestProblem("BAD_BODY", at, "needs path, and either text or base64");
      }
      try {
        return new File(
            path, text != null ? text.getBytes(UTF_8) : Base64.getDecoder().decode(base64));
      } catch (IllegalArgumentException e) {
        throw new Page.RequestProblem("BAD_BODY", at + "/base64", "is not base64");
      }
    }

    static Sent of(File file) {
      return file.path().toLowerCase(Locale.ROOT).endsWith(".wav")
          ? new Sent(file.path(), null, Base64.getEncoder().encodeToString(file.content()))
          : new Sent(file.path(), new String(file.content(), UTF_8), null);
    }
  }

  /// Files.
  record Folder(@Nullable List<Sent> files) {}

  @PostMapping(path = "/import", consumes = MediaType.APPLICATION_JSON_VALUE)
  ResponseEntity<?> take(
      @RequestBody Folder folder,
      @RequestParam(defaultValue = "false") boolean dryRun,
      @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String key) {
    if (folder.files() == null || folder.files().isEmpty()) {
      throw new Page.RequestProblem("BAD_BODY", "/files", "is missing or empty");
    }
    var all = new ArrayList<File>();
    for (var sent : folder.files()) {
      all.add(sent.file(all.size()));
    }
    return take(all, dryRun, key);
  }

  @PostMapping(path = "/import", consumes = MediaType.MULTIPART_FORM_DATA_VALUE)
  ResponseEntity<?> upload(
      @RequestParam("file") List<MultipartFile> file,
      @RequestParam(defaultValue = "false") boolean dryRun,
      @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String key) {
    return take(file.stream().map(TestFileRoutes::received).toList(), dryRun, key);
  }

  private static File received(MultipartFile part) {
    var path = part.getOriginalFilename();
    try {
      return new File(path == null ? "unnamed" : path, part.getBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private ResponseEntity<?> take(List<File> all, boolean dryRun, @Nullable String key) {
    var order = new TestFiles.Order(dryRun, tenant.who());
    var fingerprint =
        all.stream()
            .map(f -> f.path() + " " + Digests.sha256(f.content()))
            .collect(Collectors.joining("\n", dryRun + "\n", ""));
    return idempotency.once(
        key,
        "POST /test-assets/import",
        Fingerprints.of(fingerprint),
        HttpStatus.OK,
        () -> outcome(all, order));
  }

  private Outcome outcome(List<File> all, TestFiles.Order order) {
    return files.take(tenant.get(), all, order);
  }

  /// All files, as a list or as a zip.
  @GetMapping("/export")
  ResponseEntity<?> give(
      @RequestParam(defaultValue = "json") String format,
      @RequestParam(required = false) @Nullable String suite) {
    var all = files.give(tenant.get(), suite);
    return switch (format) {
      case "json" -> ResponseEntity.ok(new Folder(all.stream().map(Sent::of).toList()));
      case "zip" ->
          ResponseEntity.ok()
              .contentType(MediaType.parseMediaType("application/zip"))
              .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"tests.zip\"")
              .body(Archive.of(all));
      default -> throw new Page.RequestProblem("BAD_PARAMETER", "format", "must be json or zip");
    };
  }
}
