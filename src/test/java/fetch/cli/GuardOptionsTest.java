package fetch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GuardOptionsTest {
  @AutoClose private final Site site = Site.open();

  private static Ended fetch(String url, String... options) {
    String[] arguments = java.util.Arrays.copyOf(options, options.length + 3);
    arguments[options.length] = "-qftsv";
    arguments[options.length + 1] = "--fields=exitcode,error,errormsg";
    arguments[options.length + 2] = url;
    return InProcess.fetch("", arguments);
  }

  @Test
  void refusesPrivateAddresses() {
    Ended ended = fetch(site.url("/"), "--deny-private");

    assertThat(ended.records().get(1)).isEqualTo("7\trefused\t127.0.0.1 is a loopback address");
    assertThat(ended.code()).isEqualTo(ExitCode.SOME_FAILED);
    assertThat(site.requests()).isEmpty();
  }

  @Test
  void endsWhatCrawls() {
    assertThat(fetch(site.url("/drip"), "-Y", "1k", "-y", "0.3").records().get(1))
        .isEqualTo("28\ttimeout\tless than 1024 bytes a second for 0.3s");
  }

  @Test
  void takesASpeedTimeAloneForALimitOfOneByteASecond() {
    assertThat(fetch(site.url("/silent"), "--speed-time=250ms").records().get(1))
        .isEqualTo("28\ttimeout\tless than 1 byte a second for 0.25s");
  }

  @ParameterizedTest
  @ValueSource(strings = {"--speed-limit=0", "--speed-limit=10g", "-Y1g -y0"})
  void hasNoLimitThatIsNoneOrNotReachedYet(String options) {
    Ended ended = fetch(site.url("/after/300/x"), options.split(" ", -1));

    assertThat(ended.code()).isZero();
  }
}
