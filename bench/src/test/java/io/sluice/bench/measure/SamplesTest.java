package io.sluice.bench.measure;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SamplesTest {
  private final Samples samples = new Samples(Rules.thorough(3));

  private void add(double value, double foreignPercent) {
    samples.add(new Sample(value, foreignPercent));
  }

  @Test
  void prefersCleanRoundsWhateverTheyShow() {
    add(100, 1);
    add(900, 30);
    add(200, 7.9);
    add(800, 8.1);
    assertThat(samples.enough()).isFalse();
    add(300, 0);
    assertThat(samples.enough()).isTrue();

    var measurement = samples.measurement("drain", "floor", "jobs/s");
    assertThat(measurement.value()).isEqualTo(200);
    assertThat(measurement.min()).isEqualTo(100);
    assertThat(measurement.max()).isEqualTo(300);
    assertThat(measurement.disturbed()).isFalse();
  }

  @Test
  void givesUpAfterTwiceTheRoundsAndSaysSo() {
    for (int i = 1; i <= 6; i++) {
      assertThat(samples.enough()).isFalse();
      add(i, 10 + i);
    }
    assertThat(samples.enough()).isTrue();
    var measurement = samples.measurement("drain", "floor", "jobs/s");
    assertThat(measurement.value()).isEqualTo(2);
    assertThat(measurement.foreignPercent()).isEqualTo(13);
    assertThat(measurement.disturbed()).isTrue();
  }

  @Test
  void percentileIsAValueThatWasMeasured() {
    var sorted = new double[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10};
    assertThat(Samples.percentile(sorted, 50)).isEqualTo(5);
    assertThat(Samples.percentile(sorted, 95)).isEqualTo(10);
    assertThat(Samples.percentile(new double[] {7}, 99)).isEqualTo(7);
    assertThat(Samples.median(new double[] {1, 2, 4, 8})).isEqualTo(3);
  }
}
