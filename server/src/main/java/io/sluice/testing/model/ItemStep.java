package io.sluice.testing.model;

import io.sluice.expression.Template;
import java.util.Map;

/// The steps of a shared item, in the place of this one.
///
/// @param item its name
public record ItemStep(String title, String item, Map<String, Template> arguments)
    implements Step {}
