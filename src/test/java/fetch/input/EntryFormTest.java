package fetch.input;

import static org.assertj.core.api.Assertions.assertThat;

import fetch.Meta;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class EntryFormTest {
  private final EntryForm form = new EntryForm();

  private void add(String name, String value) {
    form.add(name, new Meta.Value.Text(value));
  }

  @Test
  void encodesFieldsAsCurlDoes() {
    add("a b", "1&2=3");
    add("ä", "~*-._");
    add("none", null);

    assertThat(text()).isEqualTo("a+b=1%262%3D3&%C3%A4=~%2A-._&none=");
    assertThat(form.fault()).isNull();
  }

  @Test
  void writesNumbersAsJsonDoes() {
    form.add("n", new Meta.Value.Json("1.50"));

    assertThat(text()).isEqualTo("n=1.50");
  }

  @Test
  void refusesObjectsAndLists() {
    for (String json : new String[] {"{}", "[1]"}) {
      EntryForm refused = new EntryForm();
      refused.add("x", new Meta.Value.Json(json));

      assertThat(refused.fault()).contains("an object or a list of lists");
    }
  }

  private String text() {
    return new String(form.content().bytes(), StandardCharsets.US_ASCII);
  }
}
