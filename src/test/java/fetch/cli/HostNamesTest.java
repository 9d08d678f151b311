package fetch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Hosts that are no host names by RFC 952, but that people have. */
class HostNamesTest {
  /** Each is fetched by curl 7.88. */
  private static final List<String> FETCHED =
      List.of(
          "a_b.example.org",
          "foo-.example.org",
          "-foo.example.org",
          "a~b.example.org",
          "ab--cd.example.org",
          "_dmarc.example.org",
          "1.2.3.example.org",
          "a_b-.example.org.",
          "a_",
          "-",
          "xn--a.example.org",
          "bücher.a_b.example.org",
          "i❤.example.org",
          "a%5fb.example.org",
          "a。example.org",
          "mün_chen.example.org",
          "xn--mn_chen-n2a.example.org",
          "ä_b",
          "-ä.ü-.example.org",
          "a~bü.example.org",
          "ä_．b｡c。example.org",
          "a".repeat(63) + ".example.org",
          ("a".repeat(49) + ".").repeat(5) + "a");

  /** None may be fetched as another host. */
  private static final List<String> REFUSED =
      List.of(
          "xn--foo-.example.org",
          "xn--.example.org",
          "xn--zzzzzz.example.org",
          "a..example.org",
          ".example.org",
          "a%2fb.example.org",
          "a%00b.example.org",
          "a*b.example.org",
          "[fe80::1%25lo]",
          "a".repeat(64) + ".example.org",
          ("a".repeat(49) + ".").repeat(6) + "a");

  @AutoClose private final Site site = Site.open();

  private Ended fetch(String input, String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of("-", "--resolve=*:" + site.port() + ":127.0.0.1", "--ordered", "-fcsv"));
    arguments.addAll(List.of(more));
    return InProcess.fetch(input, arguments.toArray(String[]::new));
  }

  private String list(List<String> hosts) {
    return hosts.stream().map(host -> site.url(host, "/") + "\n").collect(Collectors.joining());
  }

  @Test
  void areFetchedAsCurlDoes() {
    Ended ended = fetch(list(FETCHED), "--fields=response_code");

    assertThat(ended.records()).hasSize(1 + FETCHED.size());
    assertThat(ended.records().subList(1, 1 + FETCHED.size())).containsOnly("200");
    assertThat(ended.code()).isZero();
  }

  @Test
  void areInvalidWhereTheyNameNothing() {
    Ended ended = fetch(list(REFUSED), "--fields=error");

    assertThat(ended.records()).hasSize(1 + REFUSED.size());
    assertThat(ended.records().subList(1, 1 + REFUSED.size())).containsOnly("invalid_url");
    assertThat(ended.code()).isEqualTo(1);
    assertThat(site.total()).isZero();
  }

  @Test
  void areRedirectedTo() {
    String moved =
        FETCHED.stream()
            .filter(host -> host.chars().allMatch(c -> c < 128))
            .map(host -> site.url("/to/" + site.url(host, "/")) + "\n")
            .collect(Collectors.joining());

    Ended ended = fetch(moved, "--fields=response_code,num_redirects");

    assertThat(ended.records().subList(1, ended.records().size())).containsOnly("200,1");
  }

  @Test
  void areRedirectedToInUnicode() {
    String there = site.url("xn--_b-uia.example.org", "/");

    Ended ended = fetch(site.url("ä_b.example.org", "/to/" + there), "--fields=url_effective");

    assertThat(ended.records()).containsExactly("url_effective", there);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ä_b.example.org", "xn--_b-uia.example.org"})
  void areKnownToOptionsInEachSpelling(String host) {
    Ended ended =
        InProcess.fetch(
            site.url("ä_b.example.org", "/"),
            "-",
            "--resolve=" + host + ':' + site.port() + ":127.0.0.1",
            "--proxy=http://127.0.0.1:1",
            "--noproxy=" + host,
            "--user=jo:secret",
            "--credentials-for=" + host,
            "-fcsv",
            "--fields=response_code");

    assertThat(ended.records()).containsExactly("response_code", "200");
  }

  @ParameterizedTest
  @CsvSource({"xn--foo-.example.org", "xn--zzzzzz.example.org", "a..example.org", "a*b.example"})
  void areNoRedirectWhereTheyNameNothing(String host) {
    Ended ended = fetch(site.url("/to/" + site.url(host, "/")), "--fields=error");

    assertThat(ended.records()).containsExactly("error", "invalid_url");
    assertThat(site.total()).isEqualTo(1);
  }
}
