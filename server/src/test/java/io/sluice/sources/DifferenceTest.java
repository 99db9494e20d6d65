package io.sluice.sources;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class DifferenceTest {
  @Test
  void stepsAreRecognisedByTheirIds() {
    var changes =
        between(
            "{'steps':[{'id':'a','x':1},{'id':'b','x':1},{'id':'c','x':1}]}",
            "{'steps':[{'id':'new'},{'id':'a','x':1},{'id':'c','x':2}]}");
    assertThat(changes.stream().map(DifferenceTest::shown))
        .containsExactly("remove /steps/1", "add /steps/0", "replace /steps/2/x");
  }

  @Test
  void membersComeAndGo() {
    var changes = between("{'a':1,'b':{'c':null},'d/e':1}", "{'b':{'c':0},'f':[],'d/e':2}");
    assertThat(changes.stream().map(DifferenceTest::shown))
        .containsExactly("remove /a", "replace /b/c", "add /f", "replace /d~1e");
  }

  @Test
  void anotherOrderOfStepsIsAMove() {
    var changes = between("[{'id':'a'},{'id':'b'}]", "[{'id':'b'},{'id':'a'}]");
    assertThat(changes).containsExactly(new Change("move", "/1", "/0", "a"));
  }

  @Test
  void otherListsAreComparedPlaceByPlace() {
    assertThat(between("[1,2,3]", "[1,4]").stream().map(DifferenceTest::shown))
        .containsExactly("replace /1", "remove /2");
    assertThat(between("{'a':[1],'b':2}", "{'b':2,'a':[1]}")).isEmpty();
  }

  private static String shown(Change change) {
    return change.op() + " " + change.pointer();
  }

  private static List<Change> between(String from, String to) {
    return Difference.between(
        Canonical.read(from.replace('\'', '"')), Canonical.read(to.replace('\'', '"')));
  }

  @Test
  void theHashDoesNotDependOnTheOrderOfMembers() {
    assertThat(Canonical.sha256(Canonical.read("{\"a\":1,\"b\":{\"c\":2,\"d\":3}}")))
        .isEqualTo(Canonical.sha256(Canonical.read("{\"b\":{\"d\":3,\"c\":2},\"a\":1}")))
        .isNotEqualTo(Canonical.sha256(Canonical.read("{\"b\":{\"d\":3,\"c\":2},\"a\":2}")));
  }
}
