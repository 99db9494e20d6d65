package io.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The launcher, in a project of its own whose JDK and Maven only say what they were asked.
class LauncherTest {
  private static final String TOOLS = "/usr/bin:/bin";

  @TempDir Path place;
  private Path home;
  private Path jdk;
  private Path tools;

  private record Ended(int exit, String out, String err) {}

  @BeforeEach
  void makeProject() throws IOException {
    place = place.toRealPath();
    home = Files.createDirectories(place.resolve("the project"));
    Files.copy(
        Path.of(System.getProperty("sluice.root", "..")).resolve("sluice"), home.resolve("sluice"));
    assertThat(home.resolve("sluice").toFile().setExecutable(true)).isTrue();
    for (var folder : List.of("engine/src/main", "server/src/main", "server/target/lib")) {
      Files.createDirectories(home.resolve(folder));
    }
    for (var file :
        List.of("pom.xml", "engine/pom.xml", "server/pom.xml", "server/src/main/A.java")) {
      Files.writeString(home.resolve(file), "");
    }
    jdk = makeJdk("jdk-25", "25.0.3");
    tools = Files.createDirectories(place.resolve("tools"));
  }

  private Path makeJdk(String name, String version) throws IOException {
    var directory = Files.createDirectories(place.resolve("jdks").resolve(name));
    Files.createDirectories(directory.resolve("bin"));
    Files.writeString(
        directory.resolve("release"), "IMPLEMENTOR=\"x\"\nJAVA_VERSION=\"" + version + "\"\n");
    script(directory.resolve("bin/java"), "echo \"" + name + " in $(pwd)\"; printf '%s\\n' \"$@\"");
    script(directory.resolve("bin/javac"), "exit 0");
    return directory;
  }

  private static Path script(Path file, String text) throws IOException {
    Files.writeString(file, "#!/bin/bash\n" + text + "\n");
    assertThat(file.toFile().setExecutable(true)).isTrue();
    return file;
  }

  private void built() throws IOException {
    Files.writeString(home.resolve("server/target/sluice-server.jar"), "");
    Files.writeString(home.resolve("server/target/client.jsa"), "");
    var stamp = Files.writeString(home.resolve("server/target/.built"), "");
    Files.setLastModifiedTime(stamp, FileTime.from(Instant.now().plus(Duration.ofSeconds(5))));
  }

  private void mavenThat(String text) throws IOException {
    script(tools.resolve("mvn"), "echo \"$@\" >> " + quoted(place.resolve("asked")) + "\n" + text);
  }

  private static String quoted(Path path) {
    return "'" + path + "'";
  }

  private Ended run(String path, Path directory, Path command, String... args)
      throws IOException, InterruptedException {
    var line = new ArrayList<>(List.of("/bin/bash", command.toString()));
    line.addAll(List.of(args));
    var builder = new ProcessBuilder(line).directory(directory.toFile());
    var out = place.resolve("out").toFile();
    var err = place.resolve("err").toFile();
    builder.redirectOutput(out).redirectError(err);
    builder.environment().clear();
    builder.environment().put("PATH", path);
    builder.environment().put("SLUICE_JDK_SEARCH", place.resolve("jdks").toString());
    var process = builder.start();
    process.getOutputStream().close();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return new Ended(
        process.exitValue(), Files.readString(out.toPath()), Files.readString(err.toPath()));
  }

  private Ended run(String... args) throws IOException, InterruptedException {
    return run(tools + ":" + TOOLS, home, home.resolve("sluice"), args);
  }

  @Test
  void saysInOneSentenceWhatToDoWithoutAJdk() throws Exception {
    Files.delete(jdk.resolve("bin/javac"));
    makeJdk("jdk-17", "17.0.9");
    var ended = run(tools.toString(), home, home.resolve("sluice"), "version");
    assertThat(ended.exit()).isEqualTo(1);
    assertThat(ended.err().lines()).singleElement().asString().contains("no JDK 25", "JAVA_HOME");
    assertThat(ended.out()).isEmpty();
  }

  @Test
  void takesTheJdkNearestToTheOneItWasMadeFor() throws Exception {
    makeJdk("a-jdk-27", "27");
    makeJdk("b-jdk-8", "1.8.0_392");
    built();
    assertThat(run("version").out()).startsWith("jdk-25 in");
  }

  @Test
  void worksThroughLinksAndFromAnotherDirectory() throws Exception {
    built();
    var links = Files.createDirectories(place.resolve("links/deep"));
    Files.createSymbolicLink(links.resolve("second"), home.resolve("sluice"));
    Files.createSymbolicLink(place.resolve("links/first"), Path.of("deep/second"));
    var ended =
        run(tools + ":" + TOOLS, links, place.resolve("links/first"), "search", "two words");
    assertThat(ended.out().lines())
        .contains("jdk-25 in " + links, "-Dsluice.home=" + home, "search", "two words");
    assertThat(ended.exit()).isZero();
  }

  @Test
  void clientCommandsAreStartedWithoutWhatOnlyAServerNeeds() throws Exception {
    built();
    assertThat(run("jobs").out()).doesNotContain("jdk.incubator.vector");
    assertThat(run("serve").out())
        .contains("--add-modules=jdk.incubator.vector", "lib/*")
        .doesNotContain("TieredStopAtLevel");
    assertThat(run("demo").out())
        .contains("--add-modules=jdk.incubator.vector", "-XX:TieredStopAtLevel=1");
  }

  @Test
  void tellsTheWidthOfATerminalAndOnlyOfATerminal() throws Exception {
    assumeThat(Path.of("/usr/bin/script")).exists();
    built();
    assertThat(run("jobs").out()).doesNotContain("sluice.terminal");
    var launcher =
        script(tools.resolve("in-a-terminal"), "/usr/bin/script -qec './sluice jobs' /dev/null");
    assertThat(run(tools + ":" + TOOLS, home, launcher).out())
        .containsPattern("-Dsluice.terminal=\\d+");
  }

  @Test
  void theIncubatorsWarningIsSilencedAndNothingElse() throws Exception {
    built();
    script(
        jdk.resolve("bin/java"),
        "echo 'WARNING: Using incubator modules: jdk.incubator.vector' >&2; echo 'other' >&2");
    run("serve");
    var err = place.resolve("err");
    long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
    while (Files.size(err) == 0 && System.nanoTime() < until) {
      Thread.onSpinWait(); // the filter outlives the JVM by a moment
    }
    assertThat(Files.readString(err)).isEqualToIgnoringNewLines("other");
  }

  @Test
  void buildsWhatIsStaleAndOnlyThat() throws Exception {
    mavenThat("touch server/target/sluice-server.jar; mkdir -p server/target/lib");
    assertThat(run("version").err()).startsWith("building Sluice… done in");
    assertThat(run("version").err()).isEmpty();
    Files.setLastModifiedTime(
        home.resolve("server/src/main/A.java"),
        FileTime.from(Instant.now().plus(Duration.ofSeconds(5))));
    assertThat(run("version").err()).startsWith("building");
    assertThat(Files.readAllLines(place.resolve("asked")))
        .hasSize(2)
        .allMatch(line -> line.equals("-q -B -Dfast -DskipTests -pl engine,server package"));
  }

  @Test
  void showsWhatMavenSaidWhenTheBuildFails() throws Exception {
    mavenThat("echo '[INFO] fine'; echo '[ERROR] A.java is wrong'; exit 1");
    var ended = run("version");
    assertThat(ended.exit()).isEqualTo(1);
    assertThat(ended.err()).contains("[ERROR] A.java is wrong", "build.log").doesNotContain("fine");
    assertThat(run("version").exit()).as("it is not taken for built").isEqualTo(1);
  }

  @Test
  void saysInOneSentenceThatMavenIsMissing() throws Exception {
    for (var tool : List.of("find", "head", "mkdir", "flock", "stty", "sed", "grep", "rm")) {
      var found = Path.of("/usr/bin").resolve(tool);
      if (Files.exists(found)) {
        script(tools.resolve(tool), "exec " + found + " \"$@\"");
      }
    }
    var ended = run(tools.toString(), home, home.resolve("sluice"), "version");
    assertThat(ended.exit()).isEqualTo(1);
    assertThat(ended.err().lines()).singleElement().asString().contains("Maven", "`mvn`");
  }

  @Test
  void testRunsMavenCountsAndPassesItsExitCodeOn() throws Exception {
    var reports = Files.createDirectories(home.resolve("engine/target/surefire-reports"));
    var old = Files.writeString(reports.resolve("TEST-old.xml"), suite(100, 0, 0, 0));
    Files.setLastModifiedTime(old, FileTime.from(Instant.now().minus(Duration.ofHours(1))));
    Files.writeString(place.resolve("TEST-a.xml"), suite(5, 1, 1, 1));
    Files.writeString(place.resolve("TEST-b.xml"), suite(3, 0, 0, 0));
    mavenThat(
        "sleep 0.05; cat ../TEST-a.xml > engine/target/surefire-reports/TEST-a.xml;"
            + "cat ../TEST-b.xml > engine/target/surefire-reports/TEST-b.xml; exit 7");
    var ended = run("test", "-pl", "engine");
    assertThat(ended.exit()).isEqualTo(7);
    assertThat(ended.out().lines().toList())
        .last()
        .isEqualTo("Tests: 5 passed, 2 failed, 1 skipped");
    assertThat(Files.readString(place.resolve("asked"))).contains("verify -pl engine");
  }

  private static String suite(int tests, int errors, int failures, int skipped) {
    return "<?xml version=\"1.0\"?>\n<testsuite name=\"x\" time=\"1.5\" tests=\"%d\" errors=\"%d\" skipped=\"%d\" failures=\"%d\">\n</testsuite>\n"
        .formatted(tests, errors, skipped, failures);
  }

  @Test
  void testWithASubcommandIsNoMatterOfMaven() throws Exception {
    built();
    mavenThat("exit 9");
    assertThat(run("test", "push").out()).contains("test\npush");
    assertThat(run("test", "--help").out()).contains("test\n--help");
  }
}
