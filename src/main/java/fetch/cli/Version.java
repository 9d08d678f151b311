package fetch.cli;

import org.jspecify.annotations.Nullable;

/** What this program is made of. */
final class Version {
  private Version() {}

  static String number() {
    @Nullable String number = Version.class.getPackage().getImplementationVersion();
    return number == null ? "development" : number;
  }

  static String line() {
    return "fetch " + number() + " (Java " + Runtime.version().feature() + ")";
  }

  /** How fetch introduces itself to servers. */
  static String userAgent() {
    return "fetch/" + number();
  }
}
