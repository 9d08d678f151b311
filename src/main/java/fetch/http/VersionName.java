package fetch.http;

import okhttp3.Response;

/** Names the version of HTTP of a response as records have it. */
final class VersionName {
  private VersionName() {}

  static String of(Response response) {
    return switch (response.protocol()) {
      case HTTP_1_0 -> "1.0";
      case HTTP_2, H2_PRIOR_KNOWLEDGE -> "2";
      case HTTP_1_1, SPDY_3, HTTP_3, QUIC -> "1.1";
    };
  }
}
