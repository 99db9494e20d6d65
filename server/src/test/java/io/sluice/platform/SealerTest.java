package io.sluice.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.unit.DataSize;

class SealerTest {
  @TempDir Path data;

  private Sealer sealer(String key) {
    return sealer(data, key);
  }

  private static Sealer sealer(Path data, String key) {
    return new Sealer(
        new SealingSettings(key),
        new SluiceSettings(
            data,
            null,
            null,
            1,
            DataSize.ofMegabytes(1),
            1,
            1,
            Duration.ofDays(1),
            Duration.ofSeconds(10),
            Duration.ofSeconds(1),
            List.of()));
  }

  @Test
  void opensWhatItSealedAlsoAfterARestart() throws Exception {
    var sealed = sealer(null).seal("a", "shh ü");
    assertThat(new String(sealed, java.nio.charset.StandardCharsets.ISO_8859_1))
        .doesNotContain("shh");
    assertThat(sealer(null).open("a", sealed)).isEqualTo("shh ü");
    assertThat(sealer(null).seal("a", "shh ü")).isNotEqualTo(sealed);
    var file = data.resolve("master.key");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    try (var files = Files.list(data)) {
      assertThat(files).containsExactly(file);
    }
  }

  @Test
  void opensNothingThatIsNotItsOwn() {
    var sealer = sealer(null);
    var sealed = sealer.seal("webhook/1", "shh");
    assertThatThrownBy(() -> sealer.open("webhook/2", sealed)).isInstanceOf(Sealer.WrongKey.class);
    for (int i = 0; i < sealed.length; i++) {
      var changed = sealed.clone();
      changed[i] ^= 1;
      assertThatThrownBy(() -> sealer.open("webhook/1", changed))
          .isInstanceOf(Sealer.WrongKey.class)
          .hasMessageNotContaining("shh");
    }
    assertThatThrownBy(() -> sealer.open("webhook/1", new byte[3]))
        .isInstanceOf(Sealer.WrongKey.class);
    var other = sealer(data.resolve("other"), null);
    assertThatThrownBy(() -> other.open("webhook/1", sealed))
        .isInstanceOf(Sealer.WrongKey.class)
        .hasMessageContaining("SLUICE_MASTER_KEY");
  }

  @Test
  void takesTheKeyOfTheEnvironment() {
    var key = Base64.getEncoder().encodeToString(new byte[32]);
    var sealed = sealer(key).seal("a", "shh");
    assertThat(sealer(data.resolve("other"), key).open("a", sealed)).isEqualTo("shh");
    assertThat(data.resolve("master.key")).doesNotExist();
    assertThatThrownBy(() -> sealer("dG9vIHNob3J0"))
        .isInstanceOf(CannotStart.class)
        .hasMessageContaining("openssl rand -base64 32")
        .hasMessageNotContaining("dG9vIHNob3J0");
    assertThat(new SealingSettings(key).toString()).doesNotContain(key);
  }
}
