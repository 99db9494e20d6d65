package io.sluice.api;

import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// A route whose body is JSON or YAML and is kept as it was sent.
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@RequestBody(
    required = true,
    description =
        "As the schema beside says, e.g. GET /api/v1/workflows/schema, /api/v1/test-cases/schema",
    content = {
      @Content(mediaType = "application/json", schema = @Schema(type = "object")),
      @Content(mediaType = "application/yaml", schema = @Schema(type = "string"))
    })
@interface TakesSource {}
