package io.sluice.testing.assistants.houndify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.testing.assistants.AssistantProblem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SignatureTest {
  /// The first is printed in Houndify's documentation; the keys of the others are made up.
  @ParameterizedTest
  @CsvSource({
    "ae06fcd3-6447-4356-afaa-813aa4f2ba41, 70aa7c25-c74f-48be-8ca8-cbf73627c05f, 1418068667,"
        + " KgMLuq-k1oCUv5bzTlKAJf_mGo0T07jTogbi6apcqLa114CCPH3rlK4c0RktY30xLEQ49MZ-C2bMyFOVQO4PyA==,"
        + " myWdEfHJ7AV8OP23v8pCH1PILL_gxH4uDOAXMi06akk=",
    "vt-user, 11111111-2222-3333-4444-555555555555, 1700000000,"
        + " AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8gISIjJCUmJygpKissLS4vMDEyMzQ1Njc4OTo7PD0-Pw==,"
        + " SBMzKnZ_klaF17Az81yTmhEXJuPG4JnseF9oMdhwMx4=",
    "vt-user, 11111111-2222-3333-4444-555555555555, 1700000000,"
        + " __79_Pv6-fj39vX08_Lx8O_u7ezr6uno5-bl5OPi4eDf3t3c29rZ2NfW1dTT0tHQz87NzMvKycjHxsXEw8LBwA==,"
        + " 0gNgIvW_55upiBtPSMfq0D43uYQ2-gPxQxjU1u484Uc="
  })
  void signsAsIsPublished(String user, String request, long second, String key, String signature) {
    var signed = new Signature("KFvH6Rpy3tUimL-pCUFpPg==", key).sign(user, request, second);
    assertThat(signed.request()).isEqualTo(user + ";" + request);
    assertThat(signed.client()).isEqualTo("KFvH6Rpy3tUimL-pCUFpPg==;" + second + ";" + signature);
  }

  @Test
  void refusesAKeyThatIsNoneWithoutShowingIt() {
    for (var key : new String[] {"", "no key!", "a+b/"}) {
      assertThatThrownBy(() -> new Signature("client", key))
          .isInstanceOf(AssistantProblem.BadConfig.class)
          .satisfies(e -> {
            var fault = ((AssistantProblem) e).faults().getFirst();
            assertThat(fault.pointer()).isEqualTo("/clientKey");
            if (!key.isEmpty()) {
              assertThat(fault.detail() + e.getMessage()).doesNotContain(key);
            }
          });
    }
  }
}
