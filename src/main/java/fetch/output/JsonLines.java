package fetch.output;

import fetch.FetchResult;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One JSON object (RFC 8259) a line. */
final class JsonLines implements RecordFormat {
  private static final int DECIMALS = 6;

  private final List<Field> fields;

  JsonLines(List<Field> fields) {
    this.fields = fields;
  }

  @Override
  public void encode(FetchResult result, ByteBuilder out) {
    Values values = new Values(out);
    char separator = '{';
    for (Field field : fields) {
      out.append(separator);
      out.append('"');
      out.append(field.label());
      out.append("\":");
      field.write(result, values);
      separator = ',';
    }
    out.append("}\n");
  }

  /** Appends a string in quotes. */
  static void appendString(String text, ByteBuilder out) {
    out.append('"');
    if (Controls.foundIn(text, "\"\\")) {
      appendEscaped(text, out);
    } else {
      out.append(text);
    }
    out.append('"');
  }

  private static void appendEscaped(String text, ByteBuilder out) {
    int start = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean control = Controls.isControl(c);
      if (control || c == '"' || c == '\\') {
        out.append(text.substring(start, i));
        out.append('\\');
        start = i + 1;
        if (control) {
          out.append('u');
          Controls.appendHex(c, 4, out);
        } else {
          out.append(c);
        }
      }
    }
    out.append(text.substring(start));
  }

  private record Values(ByteBuilder out) implements ValueWriter {
    @Override
    public void text(@Nullable String value) {
      if (value == null) {
        out.append("null");
      } else {
        appendString(value, out);
      }
    }

    @Override
    public void number(long value) {
      out.append(value);
    }

    @Override
    public void flag(boolean value) {
      out.append(value ? "true" : "false");
    }

    @Override
    public void seconds(long nanos) {
      out.appendSeconds(nanos, DECIMALS);
    }
  }
}
