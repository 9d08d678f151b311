package fetch.output;

import static org.assertj.core.api.Assertions.assertThat;

import fetch.Attempt;
import fetch.FetchRequest;
import fetch.FetchResult;
import fetch.IncludedBody;
import fetch.Outcome;
import fetch.Representation;
import fetch.Sample;
import fetch.SavedBody;
import fetch.Validators;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class OptionalFieldTest {
  private static FetchResult result(Validators validators, @Nullable IncludedBody body) {
    FetchRequest request = Sample.request(0);
    Attempt attempt =
        new Attempt(
            new Outcome.Responded(200),
            new Attempt.Requests("GET", "http://h/", 0),
            Attempt.Response.NONE,
            Attempt.Body.NONE,
            new Representation(SavedBody.NOTHING.withIncluded(body), validators),
            Attempt.Peer.NONE,
            Sample.NO_TIME);
    return new FetchResult(request, "GET", null, attempt, 0, 0);
  }

  /** The names of the optional fields that the record of a result has. */
  private static List<String> present(Validators validators, @Nullable IncludedBody body) {
    FetchResult result = result(validators, body);
    return Stream.concat(OptionalField.ALL.stream(), OptionalField.OF_BODY.stream())
        .filter(field -> field.isIn(result))
        .map(OptionalField::label)
        .toList();
  }

  @Test
  void recordsHaveTheValidatorsThatAResponseHad() {
    assertThat(present(Validators.NONE, null)).isEmpty();
    assertThat(present(new Validators("\"x\"", null), null)).containsExactly("etag");
    assertThat(present(new Validators(null, "today"), null)).containsExactly("last_modified");
  }

  @Test
  void recordsSayWhatIsUnusualAboutABody() {
    assertThat(present(Validators.NONE, new IncludedBody("text", null, false))).isEmpty();
    assertThat(present(Validators.NONE, new IncludedBody("text", null, true)))
        .containsExactly("body_truncated");
    assertThat(present(Validators.NONE, new IncludedBody(null, "AP8=", false)))
        .containsExactly("body_base64");
  }
}
