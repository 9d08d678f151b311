package fetch.engine;

import org.jspecify.annotations.Nullable;

/** The release of fetch. */
public final class Release {
  private Release() {}

  /** The version, such as {@code 0.2.0}; {@code development} outside a jar. */
  public static String number() {
    @Nullable String number = Release.class.getPackage().getImplementationVersion();
    return number == null ? "development" : number;
  }
}
