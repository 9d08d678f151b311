package fetch.output;

import fetch.Change;
import fetch.Changes;
import fetch.Changes.Vanished;
import java.util.ArrayList;
import java.util.List;

/** Formats the changes since an earlier run for the summary. */
final class ChangeSummary {
  /** The most characters of a URL that are shown. */
  private static final int MOST_CHARS = 100;

  private ChangeSummary() {}

  /** {@code 1 new, 2 same, 0 changed, 0 gone, 0 failed, 0 recovered; 1 vanished: URL}. */
  static String text(Changes changes) {
    List<String> counts = new ArrayList<>();
    for (Change change : Change.values()) {
      counts.add(changes.count(change) + " " + change.label());
    }
    Vanished vanished = changes.vanished();
    return String.join(", ", counts) + (vanished == null ? "" : "; " + text(vanished));
  }

  private static String text(Vanished vanished) {
    ByteBuilder out = new ByteBuilder(MOST_CHARS);
    out.append(vanished.count() + " vanished");
    String separator = ": ";
    for (String name : vanished.some()) {
      out.append(separator);
      DelimitedFormat.Tsv.appendEscaped(
          name.length() > MOST_CHARS ? name.substring(0, MOST_CHARS) + "…" : name, out);
      separator = ", ";
    }
    if (!vanished.some().isEmpty() && vanished.some().size() < vanished.count()) {
      out.append(", …");
    }
    return out.toString();
  }

  /** Appends the changes as JSON; null for unknown numbers. */
  static void appendJson(Changes changes, ByteBuilder out) {
    char separator = 0;
    out.append(",\"changes\":{");
    for (Change change : Change.values()) {
      if (separator != 0) {
        out.append(separator);
      }
      out.append("\"" + change.label() + "\":" + changes.count(change));
      separator = ',';
    }
    Vanished vanished = changes.vanished();
    if (vanished == null) {
      out.append("},\"vanished\":null,\"some_vanished\":null");
      return;
    }
    out.append("},\"vanished\":" + vanished.count() + ",\"some_vanished\":[");
    separator = 0;
    for (String name : vanished.some()) {
      if (separator != 0) {
        out.append(separator);
      }
      JsonLines.appendString(name, out);
      separator = ',';
    }
    out.append(']');
  }
}
