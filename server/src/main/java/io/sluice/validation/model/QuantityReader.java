package io.sluice.validation.model;

import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;

/// Numbers with units. Durations, lengths, weights and volumes are converted to one unit each, so
/// that an hour and 60 minutes are the same.
final class QuantityReader implements Canonical.FactReader {
  private record Unit(String name, BigDecimal factor) {}

  private static final Map<String, Unit> UNITS = new HashMap<>();

  static {
    unit(
        "s",
        "1",
        "s sec secs second seconds segundo segundos seconde secondes sekunde sekunden secondo secondi");
    unit("s", "60", "min mins minute minutes minuto minutos minuten minuti");
    unit("s", "3600", "hour hours hr hrs hora horas heure heures stunde stunden ora ore");
    unit("s", "86400", "day days dia dias jour jours tag tage giorno giorni");
    unit(
        "s",
        "604800",
        "week weeks semana semanas semaine semaines woche wochen settimana settimane");
    unit("m", "0.001", "mm millimeter millimeters millimetre millimetres milimetros");
    unit(
        "m",
        "0.01",
        "cm centimeter centimeters centimetre centimetres centimetro centimetros zentimeter");
    unit("m", "1", "m meter meters metre metres metro metros");
    unit("m", "1000", "km kilometer kilometers kilometre kilometres kilometro kilometros");
    unit("m", "1609.344", "mile miles milla millas mi");
    unit("g", "1", "g gram grams gramo gramos gramme grammes gramm");
    unit(
        "g",
        "1000",
        "kg kilo kilos kilogram kilograms kilogramo kilogramos kilogramme kilogrammes kilogramm");
    unit("g", "453.59237", "lb lbs pound pounds libra libras livre livres");
    unit("l", "0.001", "ml milliliter milliliters millilitre millilitres mililitros");
    unit("l", "1", "l liter liters litre litres litro litros");
    unit("degrees", "1", "° degree degrees grado grados degre degres grad gradi graus");
    unit("°c", "1", "°c celsius");
    unit("°f", "1", "°f fahrenheit");
  }

  private static void unit(String name, String factor, String words) {
    for (var word : words.split(" ")) {
      UNITS.put(word, new Unit(name, new BigDecimal(factor)));
    }
  }

  private static final Pattern WITH_UNIT =
      Pattern.compile(
          "(?<![<\\w:.,-])(minus )?("
              + Decimals.NUMBER
              + ") ?("
              + String.join("|", new TreeSet<>(UNITS.keySet()).descendingSet())
              + ")(?: (c|f|celsius|fahrenheit))?(?![\\w°])(?![^<]*>)");

  private final Decimals decimals;

  QuantityReader(Decimals decimals) {
    this.decimals = decimals;
  }

  @Override
  public String read(String text) {
    return WITH_UNIT
        .matcher(text)
        .replaceAll(found -> {
          var unit = java.util.Objects.requireNonNull(UNITS.get(found.group(3)));
          var value = decimals.parse(found.group(2)).multiply(unit.factor());
          var signed = found.group(1) == null ? value : value.negate();
          return new Fact("quantity", Decimals.written(signed) + " " + scale(unit, found.group(4)))
              .token();
        });
  }

  private static String scale(Unit unit, @org.jspecify.annotations.Nullable String of) {
    if (of == null || !unit.name().equals("degrees")) {
      return unit.name();
    }
    return "°" + of.charAt(0);
  }
}
