package fetch.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UrlGlobTest {
  private static List<String> expanded(String pattern) {
    UrlGlob glob = UrlGlob.of(pattern);
    List<String> urls = new ArrayList<>();
    for (long i = 0; i < glob.size(); i++) {
      urls.add(glob.at(i));
    }
    return urls;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "x                    | x",
        "{a,b}                | a b",
        "{a,b}{1,2}           | a1 a2 b1 b2",
        "0[0-1]/z             | 00/z 01/z",
        "[a-d]/z              | a/z b/z c/z d/z",
        "[a-a][1-1][b-b:1][2-2:1] | a1b2",
        "[08-11]              | 08 09 10 11",
        "[001-100:33]         | 001 034 067 100",
        "[1-10:4]             | 1 5 9",
        "[a-g:3]              | a d g",
        "[X-Z]                | X Y Z",
        "[0-2]                | 0 1 2",
        "{a}                  | a",
        "z{,1}                | z z1",
        "{a\\,b,c\\}}         | a,b c}",
        "\\{a\\}\\[1\\]       | {a}[1]",
        "a\\b                 | a\\b",
        "we/[]/page           | we/[]/page",
        "http://[::1]:80/[1-2]| http://[::1]:80/1 http://[::1]:80/2",
        "http://[fe80::1%25lo]/ | http://[fe80::1%25lo]/",
        "[<n>1-2]{<w>a,b}     | 1a 1b 2a 2b",
        "{<,b}                | < b",
        "[9223372036854775805-9223372036854775806] | 9223372036854775805 9223372036854775806",
      })
  void expandsAsCurlDoes(String pattern, String urls) {
    assertThat(expanded(pattern)).containsExactly(urls.split(" ", -1));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "http://a/{x          | 10 | { without }",
        "http://a/[1-2        | 10 | [ without ]",
        "http://a/x}          | 11 | } without an opening bracket",
        "http://a/]           | 10 | ] without an opening bracket",
        "http://a/{b{c}}      | 12 | { within braces",
        "http://a/{b[1-2]}    | 12 | [ within braces",
        "http://a/{b]}        | 12 | ] within braces",
        "{}{}{}{              | 1  | {} is empty",
        "/[1-4611686018427387904][1-4611686018427387904] | 25 | too many URLs",
        "/[1-99999999999999999999] | 2 | not a range",
        "/[1-9999999999999999999] | 2 | the range has a number above",
        "/[0-1][9223372036854775806-9223372036854775807] | 7 | not a range",
      })
  void namesTheColumnOfAFault(String pattern, int column, String reason) {
    assertThatThrownBy(() -> UrlGlob.of(pattern))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("--glob: column " + column + ": ")
        .hasMessageContaining(reason);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[2-1]", "[1-1:2]", "[1-3:3]", "[1-3:0]", "[z-a]", "[a-c:3]", "[a-c:0]", "[A-z]", "[1-a]",
        "[a-]", "[-1]", "[1]", "[a]", "[1,2]", "[1-2:]", "[x", "[a:b]", "[1-2:3:4]"
      })
  void refusesWhatIsNoRange(String pattern) {
    assertThatThrownBy(() -> UrlGlob.of("http://a/" + pattern)).hasMessageContaining("column 10: ");
  }

  @Test
  void knowsTheUrlsOfAHugeRangeWithoutMakingThem() {
    UrlGlob glob = UrlGlob.of("http://[a-z].example/[0000000000-9999999999]");

    assertThat(glob.size()).isEqualTo(260_000_000_000L);
    assertThat(glob.at(259_999_999_999L)).isEqualTo("http://z.example/9999999999");
    assertThat(glob.at(10_000_000_001L)).isEqualTo("http://b.example/0000000001");
  }
}
