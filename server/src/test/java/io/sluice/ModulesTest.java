package io.sluice;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.springframework.modulith.core.ApplicationModules;

class ModulesTest {
  private static final ApplicationModules MODULES =
      ApplicationModules.of(
          SluiceServer.class, JavaClass.Predicates.resideInAPackage("io.sluice.engine.."));

  @Test
  void keepTheirDoorsAndTheirArrows() {
    MODULES.verify();
  }

  @Test
  void areAllInTheDrawing() throws IOException {
    var page =
        Files.readString(
            Path.of(System.getProperty("sluice.root", "..")).resolve("ARCHITECTURE.md"));
    var drawing =
        page.substring(page.indexOf("faces "), page.indexOf("```", page.indexOf("faces ")));
    assertThat(MODULES.stream().map(module -> module.getIdentifier().toString()))
        .isNotEmpty()
        .allSatisfy(name -> assertThat(drawing).containsPattern("(?m)(^|  )" + name + "  "));
  }
}
