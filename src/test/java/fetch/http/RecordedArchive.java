package fetch.http;

import static org.assertj.core.api.Assertions.assertThat;

import fetch.Clock;
import fetch.warc.Archive;
import fetch.warc.ArchivedRecord;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The archive of a test, which reads it back. */
public final class RecordedArchive implements Closeable {
  private final Path file;
  private final List<String> complaints = new ArrayList<>();
  private final Archive archive;

  public RecordedArchive(Path folder) throws IOException {
    file = folder.resolve("a.warc.gz");
    Archive.Plan plan = new Archive.Plan(file, Long.MAX_VALUE, false, true, "software: test\r\n");
    archive = Archive.open(plan, Clock.system(), complaints::add);
    archive.startAfresh();
  }

  public Path file() {
    return file;
  }

  public Exchanges exchanges() {
    return Exchanges.byDefault().archive(archive);
  }

  public List<ArchivedRecord> answers() throws IOException {
    return ofType("response");
  }

  /** The only one. */
  public ArchivedRecord answer() throws IOException {
    assertThat(answers()).hasSize(1);
    return answers().getFirst();
  }

  public List<ArchivedRecord> requests() throws IOException {
    return ofType("request");
  }

  private List<ArchivedRecord> ofType(String type) throws IOException {
    return ArchivedRecord.all(file).stream().filter(record -> record.type().equals(type)).toList();
  }

  @Override
  public void close() throws IOException {
    archive.close();
    assertThat(complaints).isEmpty();
  }
}
