package io.sluice.platform;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;

/// Reads what an operator gives as the database's URL. User and password are taken out of it, so
/// that whoever logs the URL logs no secret.
final class DatabaseUrl {
  private DatabaseUrl() {}

  /// Accepts the usual forms: `jdbc:postgresql://host/db?user=…&password=…`, and
  /// `postgresql://user:password@host/db` as other tools write it.
  ///
  /// @throws CannotStart if it is neither
  static DatabaseAccess.Role read(String url) {
    var plain = url.strip().replaceFirst("^jdbc:", "").replaceFirst("^postgres:", "postgresql:");
    if (!plain.startsWith("postgresql://")) {
      throw new CannotStart(
          "SLUICE_DATABASE_URL is not understood; write postgresql://user:password@host:5432/database",
          null);
    }
    int mark = plain.indexOf('?');
    var parts = new Parts();
    if (mark >= 0) {
      for (var parameter : plain.substring(mark + 1).split("&")) {
        parts.take(parameter);
      }
    }
    var place = parts.withoutLogin(mark < 0 ? plain : plain.substring(0, mark));
    var query = parts.rest.isEmpty() ? "" : "?" + String.join("&", parts.rest);
    return new DatabaseAccess.Role("jdbc:" + place + query, parts.user, parts.password);
  }

  /// What was found on the way.
  private static final class Parts {
    @Nullable String user;
    @Nullable String password;
    final ArrayList<String> rest = new ArrayList<>();

    void take(String parameter) {
      if (parameter.startsWith("user=")) {
        user = decoded(parameter.substring("user=".length()));
      } else if (parameter.startsWith("password=")) {
        password = decoded(parameter.substring("password=".length()));
      } else if (!parameter.isEmpty()) {
        rest.add(parameter);
      }
    }

    String withoutLogin(String place) {
      var login = place.indexOf('@') < 0 ? null : URI.create(place).getRawUserInfo();
      if (login == null) {
        return place;
      }
      int colon = login.indexOf(':');
      user = decoded(colon < 0 ? login : login.substring(0, colon));
      if (colon >= 0) {
        password = decoded(login.substring(colon + 1));
      }
      return place.replaceFirst("//[^@]*@", "//");
    }

    private static String decoded(String text) {
      return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }
  }
}
