package fetch.output;

import static org.assertj.core.api.Assertions.assertThat;

import fetch.Entry;
import fetch.FetchRequest;
import fetch.FetchResult;
import fetch.Meta;
import fetch.Sample;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What the list says of an entry, in its record. */
class MetaJsonTest {
  private static final Meta META =
      new Meta(
          List.of("text", "none", "number", "array"),
          List.of(
              new Meta.Value.Text("a\"\u0007"),
              Meta.Value.NONE,
              new Meta.Value.Json("1.50"),
              new Meta.Value.Json("[\"\u0085\"]")));

  /** Notes what is written. */
  private static final class Notes implements ValueWriter {
    final List<@Nullable String> values = new ArrayList<>();

    @Override
    public void text(@Nullable String value) {
      values.add(value);
    }

    @Override
    public void number(long value) {
      values.add("number " + value);
    }

    @Override
    public void json(@Nullable String value) {
      values.add("json " + value);
    }

    @Override
    public void flag(boolean value) {
      values.add("flag " + value);
    }

    @Override
    public void seconds(long nanos) {
      values.add("seconds " + nanos);
    }
  }

  private static FetchResult result(@Nullable Meta meta) {
    FetchRequest plain = Sample.request(0);
    Entry entry = new FetchRequest(0, plain.input(), plain.target(), false, null, meta);
    return new FetchResult(entry, "GET", null, null, 0, 0);
  }

  private static @Nullable String written(MetaColumn column, @Nullable Meta meta) {
    Notes notes = new Notes();
    column.write(result(meta), notes);
    return notes.values.getFirst();
  }

  @Test
  void writesOneObjectOfAllValues() {
    assertThat(MetaJson.text(META))
        .isEqualTo(
            "{\"text\":\"a\\\"\\u0007\",\"none\":null,\"number\":1.50,\"array\":[\"\\u0085\"]}");
    assertThat(MetaJson.text(new Meta(List.of(), List.of()))).isEqualTo("{}");
  }

  @Test
  void writesNullForNamesThatAnEntryDoesNotHave() {
    ByteBuilder out = new ByteBuilder(16);
    MetaJson.append(META, List.of("number", "other"), out);
    MetaJson.append(null, List.of("number"), out);

    assertThat(out.toString()).isEqualTo("{\"number\":1.50,\"other\":null}{\"number\":null}");
  }

  @Test
  void hasAColumnForAllOfItAndOneForEachName() {
    assertThat(MetaColumn.WHOLE.label()).isEqualTo("meta");
    assertThat(new MetaColumn("number").label()).isEqualTo("meta.number");
    assertThat(written(MetaColumn.WHOLE, META)).startsWith("{\"text\":");
    assertThat(written(MetaColumn.WHOLE, null)).isNull();
    assertThat(written(new MetaColumn("number"), META)).isEqualTo("1.50");
    assertThat(written(new MetaColumn("text"), META)).isEqualTo("a\"\u0007");
    assertThat(written(new MetaColumn("none"), META)).isNull();
    assertThat(written(new MetaColumn("number"), null)).isNull();
  }
}
