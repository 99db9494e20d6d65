package io.sluice.api;

import io.sluice.sources.Source;
import io.sluice.sources.SourceFormat;
import io.sluice.workflow.Workflows.Edit;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;

/// Bodies that are JSON or YAML.
final class Sources {
  static final String YAML = "application/yaml";
  static final String TEXT_YAML = "text/yaml";
  static final String X_YAML = "application/x-yaml";

  private Sources() {}

  /// A body as it was sent.
  static Source source(byte[] body, String contentType) {
    var format =
        MediaType.parseMediaType(contentType).getSubtype().contains("yaml")
            ? SourceFormat.YAML
            : SourceFormat.JSON;
    try {
      var text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString();
      return new Source(text, format);
    } catch (CharacterCodingException e) {
      throw new Page.RequestProblem("BAD_BODY", "body", "is not UTF-8");
    }
  }

  /// What `If-Match` says that the caller has seen.
  static Edit edit(@Nullable String ifMatch, String who) {
    return new Edit(who, Versions.expected(ifMatch));
  }
}
