package fetch.body;

/** What the beginning of a body is called that is left of a URL. */
public final class LeftoverName {
  private LeftoverName() {}

  public static String of(String url) {
    return SafeName.HIDDEN + UrlHash.of(url) + ".part";
  }
}
