package io.sluice.workflow.triggers.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SnapshotTest {
  @Test
  void seesWhatHadCommittedAndNothingElse() {
    var snapshot = Snapshot.read("100:110:103,107");
    assertThat(snapshot.sees(99)).isTrue();
    assertThat(snapshot.sees(102)).isTrue();
    assertThat(snapshot.sees(103)).isFalse();
    assertThat(snapshot.sees(109)).isTrue();
    assertThat(snapshot.sees(110)).isFalse();
  }

  @Test
  void readsOneInWhichNothingRan() {
    var snapshot = Snapshot.read("100:100:");
    assertThat(snapshot.sees(99)).isTrue();
    assertThat(snapshot.sees(100)).isFalse();
  }
}
