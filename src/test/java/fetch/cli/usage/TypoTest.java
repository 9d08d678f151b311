package fetch.cli.usage;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TypoTest {
  private static final List<String> WORDS =
      List.of("--workers", "--retry", "--retry-delay", "--rate", "--range", "--http2", "--head");

  @ParameterizedTest
  @CsvSource({
    "--worker, --workers",
    "--workerz, --workers",
    "--wokrers, --workers",
    "--Workers, --workers",
    "--wrkers, --workers",
    "--work, --workers",
    "--retry-dealy, --retry-delay",
    "--retyr, --retry",
    "--retr, --retry",
    "--rtae, --rate",
    "--http3, --http2"
  })
  void isTakenForWhatWasMeant(String written, String meant) {
    assertThat(Typo.meant(written, WORDS)).isEqualTo(meant);
  }

  @ParameterizedTest
  @CsvSource({"--bogus", "--password", "--timeout", "-w", "--x", "--"})
  void isTakenForNothingWhenItIsLikeNothing(String written) {
    assertThat(Typo.meant(written, WORDS)).isNull();
  }

  @Test
  void isTakenForTheWordThatItIsMostLike() {
    assertThat(Typo.meant("pol", List.of("serial", "poll", "pool", "pole"))).isEqualTo("poll");
    assertThat(Typo.meant("jsnol", List.of("json", "jsonl"))).isEqualTo("jsonl");
    assertThat(Typo.meant("virtul", List.of())).isNull();
  }
}
