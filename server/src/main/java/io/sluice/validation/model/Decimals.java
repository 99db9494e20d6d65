package io.sluice.validation.model;

import com.ibm.icu.text.DecimalFormatSymbols;
import com.ibm.icu.util.ULocale;
import java.math.BigDecimal;
import java.util.regex.Pattern;

/// Numbers in digits, with the separators of a language.
final class Decimals implements Canonical.FactReader {
  /// A number in digits, with any separators.
  static final String NUMBER = "\\d+(?:[.,]\\d+)*";

  private static final Pattern ALONE =
      Pattern.compile(
          "(?<![<\\w:.,-])(minus )?("
              + NUMBER
              + ")( ?%| percent| por ciento| pour (?:cent|100)| prozent)?(?![\\w:>-])(?![^<]*>)");
  private static final Pattern GROUPED_BY_COMMA = Pattern.compile("\\d{1,3}(,\\d{3})+(\\.\\d+)?");
  private static final Pattern GROUPED_BY_POINT = Pattern.compile("\\d{1,3}(\\.\\d{3})+(,\\d+)?");

  private final boolean comma;

  Decimals(String language) {
    this.comma =
        DecimalFormatSymbols.getInstance(new ULocale(language)).getDecimalSeparator() == ',';
  }

  @Override
  public String read(String text) {
    return ALONE
        .matcher(text)
        .replaceAll(found -> {
          var number = written(parse(found.group(2)));
          var signed = found.group(1) == null ? number : "-" + number;
          return found.group(3) == null
              ? new Fact("number", signed).token()
              : new Fact("quantity", signed + " %").token();
        });
  }

  /// The value of digits with separators.
  BigDecimal parse(String digits) {
    var grouped = comma ? GROUPED_BY_POINT : GROUPED_BY_COMMA;
    if (grouped.matcher(digits).matches()) {
      digits = digits.replace(comma ? "." : ",", "");
    }
    var one = digits.replace(',', '.');
    int last = one.lastIndexOf('.');
    return last < 0
        ? new BigDecimal(one)
        : new BigDecimal(one.substring(0, last).replace(".", "") + one.substring(last));
  }

  /// A number in the one way in which it is written here.
  static String written(BigDecimal value) {
    return value.signum() == 0 ? "0" : value.stripTrailingZeros().toPlainString();
  }
}
