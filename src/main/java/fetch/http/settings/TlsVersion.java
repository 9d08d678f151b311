package fetch.http.settings;

/** The versions of TLS that fetch speaks. */
public enum TlsVersion {
  TLS_1_2("TLSv1.2"),
  TLS_1_3("TLSv1.3");

  private final String javaName;

  TlsVersion(String javaName) {
    this.javaName = javaName;
  }

  /** The name in Java. */
  public String javaName() {
    return javaName;
  }
}
