package fetch.output;

import static org.assertj.core.api.Assertions.assertThat;

import fetch.FailureKind;
import fetch.FetchRequest;
import fetch.FetchResult;
import fetch.Sample;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ColourTest {
  private static FetchResult result(int status, FetchResult.@Nullable Failure failure) {
    FetchRequest request = Sample.request(0);
    return new FetchResult(request, "GET", failure, Sample.responded(request, status), 0, 0);
  }

  @ParameterizedTest
  @CsvSource({
    "200, GREEN", "299, GREEN", "300, CYAN", "399, CYAN",
    "400, YELLOW", "499, YELLOW", "500, RED", "599, RED"
  })
  void tellsTheClassOfAnAcceptedStatus(int status, Colour expected) {
    assertThat(Colour.of(result(status, null))).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({"200, RED", "399, RED", "400, YELLOW", "499, YELLOW", "500, RED"})
  void isRedWhereAFailureHasAStatusThatDoesNotTell(int status, Colour expected) {
    FetchResult.Failure failure = new FetchResult.Failure(FailureKind.PARTIAL, "1 of 2 bytes came");

    assertThat(Colour.of(result(status, failure))).isEqualTo(expected);
  }

  @Test
  void isRedWhereThereIsNoStatus() {
    assertThat(Colour.of(Sample.failed(0, FailureKind.DNS))).isEqualTo(Colour.RED);
  }
}
