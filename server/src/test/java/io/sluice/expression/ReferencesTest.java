package io.sluice.expression;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReferencesTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "1 + 2|",
        "input.id|input.id",
        "steps.fetch.output.items[price > 4].sku|steps.fetch",
        "steps.`odd-name`.output|steps.odd-name",
        "steps.'odd-name'.output|steps.odd-name",
        "steps|steps",
        "steps.*|steps",
        "steps.**|steps",
        "$lookup(steps, input.id)|input.id steps",
        "steps[$k = 1]|steps",
        "steps.(fetch.output)|steps.fetch",
        "steps.{'a': fetch.output, 'b': input}|steps.fetch steps.input",
        "steps.fetch.output.(score > $$.input.low)|input.low steps.fetch",
        "steps.fetch.output.items.(steps.other)|steps.fetch",
        "$map(steps.each.output, function($v){ $v.input + input.id })|input.id steps.each",
        "$filter(input.xs, function($v, $i){ $v = secrets.TOKEN })|input.xs secrets.TOKEN",
        "($x := steps; $x.fetch)|steps",
        "($x := steps.fetch.output; $x.score)|steps.fetch",
        "(input.id; steps.a)|input.id steps.a",
        "input.id > 1 ? steps.a : steps.b|input.id steps.a steps.b",
        "input.a ?? steps.b|input.a steps.b",
        "{input.key: [steps.a.output, context.x]}|context.x input.key steps.a",
        "input.orders{id: $sum(total)}|input.orders",
        "input.orders^(>total, name).id|input.orders",
        "input.orders@$o.steps.fetch[$o.id = id]|input.orders input.steps",
        "input.orders#$i.{'i': $i, 'id': id}|input.orders",
        "input.orders.items.{'order': %.id, 'x': %.%.y}|input.orders input.y",
        "input.name ~> $uppercase()|input.name",
        "input ~> |orders|{'x': y}, ['z']||input",
        "$keys()|*",
        "$|*",
        "$$|*",
        "$.input.id|input.id",
        "*|*",
        "**.price|*",
        "$string()|*",
        "input.$string()|input",
        "steps.fetch.$keys()|steps.fetch",
        "input.($string(id))|input.id",
        "item|item",
        "item[0].id|item item.id",
        "'steps.fetch'|",
        "/* steps.a */ input.id|input.id",
        "input.a & $join(input.b, ',')|input.a input.b",
        "$sum(input.orders.(price * qty))|input.orders",
        "input.orders.(1)|input.orders",
        "($f := function($n){ $n <= 1 ? steps.a : $f($n - 1) }; $f(3))|steps.a",
        "$substring(?, 0, input.n)|input.n",
        "($k := $keys; steps.$k())|steps",
        "[steps.a, steps.b].output|steps.a steps.b"
      })
  void findsWhatIsRead(String line) {
    int cut = line.lastIndexOf('|');
    String expected = line.substring(cut + 1);
    assertThat(
            Expression.of(line.substring(0, cut)).references().stream()
                .map(Reference::toString)
                .collect(Collectors.joining(" ")))
        .isEqualTo(expected);
    assertThat(Arrays.asList(expected.split(" "))).isSorted();
  }
}
