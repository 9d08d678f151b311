package fetch.cli;

import fetch.cli.options.InputList;
import fetch.cli.options.OutputOptions;
import fetch.output.Column;
import fetch.output.Field;
import fetch.output.MetaColumn;
import fetch.output.OptionalField;
import fetch.output.OutputFormat;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Chooses the columns of records. */
final class RecordColumns {
  private RecordColumns() {}

  /**
   * The fields of {@code --fields}. Otherwise null for the default fields of the format, unless
   * options add fields or the lists have other columns. A table gets a column for each of those if
   * they can be read beforehand, else one column with a JSON object.
   *
   * @param further fields about saved and hashed bodies
   */
  static @Nullable List<Column> of(OutputOptions output, List<Field> further, InputList list) {
    List<Column> asked = output.fields();
    List<Column> included = output.inclusions().columns(output.format().isTable());
    boolean plain = further.isEmpty() && included.isEmpty() && output.since() == null;
    boolean table = output.format().isTable();
    if (asked != null || output.format() == OutputFormat.TEXT || (plain && !table)) {
      return asked;
    }
    boolean structured = list.isStructured();
    if (plain && !structured) {
      return null;
    }
    List<Column> columns = new ArrayList<>(Field.all());
    columns.addAll(further);
    if (output.since() != null) {
      columns.addAll(List.of(Field.ETAG, Field.LAST_MODIFIED, Field.CHANGE));
    } else if (!table) {
      columns.addAll(OptionalField.ALL);
    }
    columns.addAll(included);
    List<String> names = table && structured ? list.format().columns(list.sources()) : null;
    if (names != null) {
      names.forEach(name -> columns.add(new MetaColumn(name)));
    } else if (structured) {
      columns.add(MetaColumn.WHOLE);
    }
    return columns;
  }
}
