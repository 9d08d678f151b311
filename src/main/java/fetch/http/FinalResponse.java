package fetch.http;

import fetch.Attempt;
import fetch.Attempt.HoldBack;
import fetch.http.field.FieldBytes;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/** Extracts what an attempt carries of its last response. */
final class FinalResponse {
  private FinalResponse() {}

  /**
   * Describes a response.
   *
   * @param response null for none
   * @param headers whether the header fields are wanted
   */
  static Attempt.Response of(
      @Nullable Response response, @Nullable HoldBack holdBack, boolean headers) {
    return response == null
        ? new Attempt.Response(null, null, holdBack)
        : new Attempt.Response(
            VersionName.of(response),
            FieldBytes.textOf("Content-Type", response),
            holdBack,
            headers ? FieldBytes.fields(response.headers()) : null);
  }
}
