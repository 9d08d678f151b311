package fetch.cli;

import fetch.input.ListFormat;
import fetch.input.Source;
import fetch.output.Column;
import fetch.output.Field;
import fetch.output.MetaColumn;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which columns records have. */
final class RecordColumns {
  private RecordColumns() {}

  /**
   * What was asked for. Otherwise null for the usual ones of the format; in a table these are
   * followed by what the lists have beside their URLs: by a column for each of theirs where they
   * can be looked at beforehand, and by one with a JSON object where they cannot.
   */
  static @Nullable List<Column> of(OutputOptions output, ListFormat lists, List<Source> sources) {
    List<Column> asked = output.fields();
    if (asked != null || !output.format().isTable() || !lists.anyStructured(sources)) {
      return asked;
    }
    List<Column> columns = new ArrayList<>(Field.all());
    List<String> names = lists.columns(sources);
    if (names == null) {
      columns.add(MetaColumn.WHOLE);
    } else {
      names.forEach(name -> columns.add(new MetaColumn(name)));
    }
    return columns;
  }
}
