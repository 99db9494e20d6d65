package io.sluice.workflow.triggers.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.engine.TenantId;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventPatternTest {
  @ParameterizedTest
  @CsvSource({
    "order, order, placed, true",
    "order.placed, order, placed, true",
    "placed, order, placed, true",
    "order.*, order, placed, true",
    "ord*, order, placed, true",
    "*, order, placed, true",
    "order.paid, order, placed, false",
    "order, orders, placed.now, false",
    "placed.*, orders, placed.now, true",
    "orders.*, orders, placed.now, false",
  })
  void standsForTypesCodesAndNames(String pattern, String type, String code, boolean matches) {
    var event =
        new Seen(
            new UUID(1, 1),
            1,
            TenantId.DEFAULT,
            null,
            null,
            type,
            "info",
            code,
            Map.of(),
            Instant.EPOCH);
    assertThat(new EventPattern(pattern).matches(event)).isEqualTo(matches);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a*b", "**", "a b", "ä", "a/b"})
  void hasAStarAtTheEndOnly(String text) {
    assertThat(EventPattern.valid(text)).isFalse();
  }

  @Test
  void mayBeAnyName() {
    assertThat(EventPattern.valid("order.placed:v2-*")).isTrue();
  }
}
