package fetch.http.settings;

import java.util.ArrayList;
import java.util.List;

/**
 * The versions and cipher suites to offer. Immutable.
 *
 * @param least the oldest version
 * @param most the newest version
 * @param ciphers the cipher suites of TLS 1.2, the best first; TLS 1.3 always has all of its own
 */
public record TlsOffer(TlsVersion least, TlsVersion most, List<TlsCipher> ciphers) {
  public static final TlsOffer ALL =
      new TlsOffer(TlsVersion.TLS_1_2, TlsVersion.TLS_1_3, TlsCipher.CHOSEN_BY_DEFAULT);

  public TlsOffer {
    if (least.compareTo(most) > 0) {
      throw new IllegalArgumentException("the oldest version of TLS is newer than the newest");
    }
    ciphers = List.copyOf(ciphers);
  }

  public boolean includes(TlsVersion version) {
    return version.compareTo(least) >= 0 && version.compareTo(most) <= 0;
  }

  /** The versions by their names in Java, the newest first. */
  public String[] versions() {
    List<String> names = new ArrayList<>();
    for (TlsVersion version : TlsVersion.values()) {
      if (includes(version)) {
        names.addFirst(version.javaName());
      }
    }
    return names.toArray(new String[0]);
  }

  /** Whether the user chose cipher suites. */
  public boolean hasOwnCiphers() {
    return !ciphers.equals(TlsCipher.CHOSEN_BY_DEFAULT);
  }
}
