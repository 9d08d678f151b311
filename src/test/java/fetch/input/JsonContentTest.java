package fetch.input;

import static org.assertj.core.api.Assertions.assertThat;

import fetch.Content;
import fetch.Entry;
import fetch.FetchRequest;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The content of the request that an entry of JSON lines asks for. */
class JsonContentTest {
  private static Entry entry(String more) {
    return new Lists(InputFormat.JSONL).read("{\"url\":\"h/\"," + more + "}").getFirst();
  }

  private static Content content(String more) {
    return ((FetchRequest) entry(more)).own().content();
  }

  private static String text(String more) {
    return new String(content(more).bytes(), StandardCharsets.UTF_8);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"a\":[1,2.50,null]}|{\"a\":[1,2.50,null]}",
        "[true]|[true]",
        "12|12",
        "\"ü\\n\"|\"ü\\u000a\"",
        "\"a b~\"|\"a b~\""
      })
  void sendsJsonAsItIsWritten(String value, String sent) {
    Content content = content("\"json\":" + value);

    assertThat(new String(content.bytes(), StandardCharsets.UTF_8)).isEqualTo(sent);
    assertThat(content.type()).isEqualTo("application/json");
    assertThat(content.accept()).isEqualTo("application/json");
  }

  @Test
  void sendsTextAndBytes() {
    assertThat(text("\"body\":\"a=ü\"")).isEqualTo("a=ü");
    assertThat(content("\"body\":\"a\"").type()).isEqualTo("application/x-www-form-urlencoded");
    assertThat(content("\"body\":\"a\"").accept()).isNull();
    assertThat(content("\"body_base64\":\"AP8=\"").bytes()).containsExactly(0, 0xff);
  }

  @Test
  void sendsFormsWithRepeatedFields() {
    String form = "\"form\":{\"a\":\"1 2\",\"n\":1.50,\"b\":true,\"l\":[\"x\",2,null],\"e\":null}";

    assertThat(text(form)).isEqualTo("a=1+2&n=1.50&b=true&l=x&l=2&l=&e=");
    assertThat(content(form).type()).isEqualTo("application/x-www-form-urlencoded");
  }

  @ParameterizedTest
  @CsvSource({"json", "body", "body_base64", "form"})
  void sendsNothingForNull(String key) {
    assertThat(((FetchRequest) entry("\"" + key + "\":null")).own()).isNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"body\":1|its body is not a string",
        "\"body\":{}|its body is not a string",
        "\"body_base64\":\"?\"|its body_base64 is not Base64",
        "\"form\":\"x\"|its form is not an object",
        "\"form\":{\"a\":{\"b\":1}}|its form has a field that is an object or a list of lists",
        "\"form\":{\"a\":[[1]]}|its form has a field that is an object or a list of lists",
        "\"body\":\"a\",\"json\":1|it has both body and json",
        "\"form\":{},\"body\":\"a\"|it has both form and body"
      })
  void refusesWhatCannotBeSent(String more, String reason) {
    assertThat(Lists.fault(entry(more))).contains(reason);
  }
}
