package fetch.output;

import fetch.FetchResult;
import java.util.ArrayList;
import java.util.List;

/** A column of records. */
public sealed interface Column permits Field, OptionalField, MetaColumn {
  /** The name in a record. */
  String label();

  /** Writes the value of a result. */
  void write(FetchResult result, ValueWriter out);

  /** Parses names separated by commas. */
  static List<Column> parse(String names) {
    List<Column> columns = new ArrayList<>();
    for (String name : names.split(",", -1)) {
      columns.add(named(name.strip()));
    }
    return List.copyOf(columns);
  }

  private static Column named(String name) {
    if (name.equals(MetaColumn.WHOLE.label())) {
      return MetaColumn.WHOLE;
    }
    return name.startsWith(MetaColumn.PREFIX) && name.length() > MetaColumn.PREFIX.length()
        ? new MetaColumn(name.substring(MetaColumn.PREFIX.length()))
        : Field.named(name);
  }
}
