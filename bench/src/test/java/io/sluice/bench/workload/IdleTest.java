package io.sluice.bench.workload;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class IdleTest {
  @Test
  void countsStatementsOfOneDatabase() {
    var log =
        List.of(
            "engine LOG:  execute <unnamed>/C_1: BEGIN",
            "engine LOG:  execute S_3: select 1",
            "engine DETAIL:  Parameters: $1 = '7'",
            "engine LOG:  statement: ",
            "\tselect 1",
            "engine LOG:  execute <unnamed>: ",
            "other LOG:  statement: select 2",
            "[unknown] LOG:  connection received",
            "checkpoint starting");
    assertThat(Idle.statements(log, "engine"))
        .isEqualTo(Map.of("BEGIN", 1, "select 1", 2, "(an empty statement)", 1));
  }
}
