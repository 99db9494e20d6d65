package io.sluice;

import com.tngtech.archunit.core.domain.JavaClass;
import org.junit.jupiter.api.Test;
import org.springframework.modulith.core.ApplicationModules;

class ModulesTest {
  @Test
  void keepTheirDoorsAndTheirArrows() {
    ApplicationModules.of(
            SluiceServer.class, JavaClass.Predicates.resideInAPackage("io.sluice.engine.."))
        .verify();
  }
}
