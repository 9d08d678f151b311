package fetch.output;

import fetch.FetchResult;
import fetch.JsonString;
import fetch.Meta;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Formats records as one JSON object (RFC 8259) per line. */
final class JsonLines implements RecordFormat {
  /** Stands for all chosen columns of the list, which form one object. */
  private static final Column META = MetaColumn.WHOLE;

  private final List<Column> columns = new ArrayList<>();
  private final List<String> metaNames = new ArrayList<>();
  private final boolean usual;

  /**
   * @param chosen null for the default fields, followed by the list's own columns if it has any
   */
  JsonLines(@Nullable List<? extends Column> chosen) {
    usual = chosen == null;
    for (Column column : chosen == null ? OutputFormat.JSONL.usual() : chosen) {
      switch (column) {
        case Field field -> columns.add(field);
        case OptionalField field -> columns.add(field);
        case MetaColumn(String name) -> addMeta(name);
      }
    }
  }

  private void addMeta(@Nullable String name) {
    if (!columns.contains(META)) {
      columns.add(META);
    } else if (metaNames.isEmpty()) {
      return;
    }
    if (name == null) {
      metaNames.clear();
    } else if (!metaNames.contains(name)) {
      metaNames.add(name);
    }
  }

  @Override
  public void encode(FetchResult result, ByteBuilder out) {
    Values values = new Values(out);
    Meta meta = result.entry().meta();
    char separator = '{';
    for (Column column : columns) {
      if (column instanceof OptionalField optional && !optional.isIn(result)) {
        continue;
      }
      out.append(separator);
      out.append('"');
      out.append(column.label());
      out.append("\":");
      if (column.equals(META)) {
        appendMeta(meta, out);
      } else {
        column.write(result, values);
      }
      separator = ',';
    }
    if (usual && meta != null) {
      out.append(",\"meta\":");
      appendMeta(meta, out);
    }
    out.append("}\n");
  }

  private void appendMeta(@Nullable Meta meta, ByteBuilder out) {
    List<String> all = meta == null ? List.of() : meta.names();
    MetaJson.append(meta, metaNames.isEmpty() ? all : metaNames, out);
  }

  /** Appends a string in quotes. */
  static void appendString(String text, ByteBuilder out) {
    boolean plain = !ControlCharacters.foundIn(text, "\"\\");
    out.append('"');
    out.append(plain ? text : JsonString.escaped(text, ControlCharacters::isControl));
    out.append('"');
  }

  private record Values(ByteBuilder out) implements UnquotedValues {
    @Override
    public void text(@Nullable String value) {
      if (value == null) {
        out.append("null");
      } else {
        appendString(value, out);
      }
    }

    @Override
    public void json(@Nullable String value) {
      out.append(value == null ? "null" : value);
    }
  }
}
