package fetch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import fetch.output.RecordSchema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

/** The records in a file, read as anybody's program would. */
final class Records {
  private Records() {}

  /** The positions in a file of this format, as they stand there. */
  static List<Long> positions(Path file, String format) throws IOException {
    List<Long> positions = new ArrayList<>();
    read(file, format).forEach(record -> positions.add(Long.parseLong(record.get("urlnum"))));
    return positions;
  }

  /** The fields urlnum, input and error of each record. */
  static List<Map<String, String>> read(Path file, String format) throws IOException {
    List<Map<String, String>> records = new ArrayList<>();
    if (format.equals("jsonl")) {
      for (String line : Files.readAllLines(file)) {
        JsonNode json = RecordSchema.parse(line);
        records.add(
            Map.of(
                "urlnum", json.get("urlnum").asText(),
                "input", json.get("input").asText(),
                "error", json.path("error").asText()));
      }
      return records;
    }
    char separator = format.equals("csv") ? ',' : '\t';
    try (CsvReader<NamedCsvRecord> reader =
        CsvReader.builder().fieldSeparator(separator).ofNamedCsvRecord(file)) {
      for (NamedCsvRecord row : reader) {
        records.add(
            Map.of(
                "urlnum", row.getField("urlnum"),
                "input", row.getField("input"),
                "error", row.findField("error").orElse("")));
      }
    }
    return records;
  }

  /** Each entry has exactly one record. */
  static void haveEach(long entries, Collection<Long> positions) {
    assertThat(positions)
        .containsExactlyInAnyOrderElementsOf(LongStream.range(0, entries).boxed().toList());
  }
}
