package fetch.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fetch.Meta;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the values of an entry become in a URL. */
class UrlTemplateFillingTest {
  private static Row fill(String template, Meta meta) {
    return UrlTemplate.parse(template).row(meta, null, new Line(3, "the row", null));
  }

  private static Meta values(String... values) {
    List<String> names = List.of("a", "b").subList(0, values.length);
    return new Meta(names, Stream.of(values).<Meta.Value>map(Meta.Value.Text::new).toList());
  }

  private static Meta json(String json) {
    return new Meta(List.of("a"), List.of(new Meta.Value.Json(json)));
  }

  private static String url(Row row) {
    return ((Row.Good) row).url();
  }

  private static String fault(Row row) {
    return ((Row.Bad) row).reason();
  }

  @Test
  void fillsEachNameInWithItsValue() {
    assertThat(url(fill("http://h/{a}/x?q={ b }&again={a}#f", values("1", "2"))))
        .isEqualTo("http://h/1/x?q=2&again=1#f");
    assertThat(url(fill("{a}", values("z")))).isEqualTo("z");
  }

  @Test
  void keepsTheValuesAsMeta() {
    Meta meta = values("1", "2");

    assertThat(fill("http://h/{a}", meta).meta()).isEqualTo(meta);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "z", "A", "Z", "0", "9", "-", ".-", "_", "~"})
  void leavesUnreservedCharactersAsTheyAre(String value) {
    assertThat(url(fill("http://h/{a}", values(value)))).isEqualTo("http://h/" + value);
  }

  @ParameterizedTest
  @CsvSource({"/,%2F", ":,%3A", "@,%40", "[,%5B", "`,%60", "{,%7B", "%,%25", "ä,%C3%A4", "' ',%20"})
  void encodesEveryOtherByte(String value, String encoded) {
    assertThat(url(fill("http://h/{a}", values(value)))).isEqualTo("http://h/" + encoded);
  }

  @Test
  void writesNumbersAndTruthValuesAsJsonDoes() {
    assertThat(url(fill("http://h/{a}", json("1.50")))).isEqualTo("http://h/1.50");
    assertThat(url(fill("http://h/{a}", json("true")))).isEqualTo("http://h/true");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"x\":1}", "[1]"})
  void refusesObjectsAndArrays(String json) {
    assertThat(fault(fill("http://h/{a}", json(json))))
        .isEqualTo("it has no text or number for {a} of --url-template");
  }

  @Test
  void refusesMissingValues() {
    Row row = fill("http://h/{c}", values("1"));

    assertThat(fault(row)).isEqualTo("it has no text or number for {c} of --url-template");
    assertThat(((Row.Bad) row).input()).isEqualTo("the row");
  }

  @ParameterizedTest
  @CsvSource({
    "http://h/{a}, .",
    "http://h/{a}, ..",
    "http://h/{a}/x, ..",
    "http://h/{a}?x, ..",
    "http://h/{a}#x, ..",
    "http://h/{a}\\x, .."
  })
  void refusesSegmentsOfDots(String template, String value) {
    assertThat(fault(fill(template, values(value))))
        .isEqualTo("'" + value + "' for {a} would change the path");
  }

  @ParameterizedTest
  @CsvSource({
    "http://h/{a}, ..., http://h/...",
    "http://h/x{a}, .., http://h/x..",
    "http://h/{a}x, .., http://h/..x",
    "http://h/?q=/{a}, .., http://h/?q=/.."
  })
  void allowsDotsThatAreNoSegment(String template, String value, String url) {
    assertThat(url(fill(template, values(value)))).isEqualTo(url);
  }

  @Test
  void knowsItsNamesAndItsText() {
    UrlTemplate template = UrlTemplate.parse("http://{a}/{ b }");

    assertThat(template.names()).containsExactly("a", "b");
    assertThat(template).hasToString("http://{a}/{ b }");
  }

  @ParameterizedTest
  @CsvSource({
    "http://h/{a, has a { without a }",
    "http://h/{}, has braces without a column name",
    "http://h/{ }, has braces without a column name",
    "http://h/{{a}, has braces without a column name",
    "http://h/a, has no column in braces"
  })
  void refusesWhatIsNoTemplate(String text, String reason) {
    assertThatThrownBy(() -> UrlTemplate.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("'" + text + "' " + reason);
  }
}
