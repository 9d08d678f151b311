package fetch.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fetch.cli.options.UsageException;
import fetch.engine.Settings;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The options of a job. */
class JobOptionsTest {
  @TempDir private Path directory;

  private static JobOptions parse(String... words) throws UsageException {
    return JobOptions.parse(Map.of(), List.of(words));
  }

  /** The settings as an executor has them. */
  private static Settings sent(JobOptions options) throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(options.settings("job"));
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      JobSettings settings = (JobSettings) in.readObject();
      return settings.engine(settings.options());
    }
  }

  @Test
  void sendsTheOptionsOfTheCommandLineToExecutors() throws Exception {
    Settings settings =
        sent(
            parse(
                "-w", "7", "--per-host=2", "--rate=90/s", "-H", "X-A: 1", "-m5s", "--retry", "0"));

    assertThat(settings.concurrency().workers()).isEqualTo(7);
    assertThat(settings.politeness().perHost()).isEqualTo(2);
    assertThat(settings.politeness().rate().count()).isEqualTo(90);
    assertThat(settings.request().headers()).extracting(Object::toString).hasSize(1);
    assertThat(settings.limits().maxTime()).hasSeconds(5);
    assertThat(settings.retries().most()).isZero();
  }

  @Test
  void dividesTheBandwidthAmongExecutors() throws Exception {
    JobSettings settings = parse("--limit-rate=1000k").settings("job");
    Settings whole = settings.engine(settings.options());

    assertThat(settings.among(4).ofExecutor(whole).limits().bytesPerSecond())
        .isEqualTo(whole.limits().bytesPerSecond() / 4);
    assertThat(settings.among(0).ofExecutor(whole).limits()).isEqualTo(whole.limits());
    assertThat(settings.among(2).ofExecutor(Settings.DEFAULTS)).isEqualTo(Settings.DEFAULTS);
  }

  @Test
  void sendsTheSettingsOfHostsToExecutors() throws Exception {
    Path config =
        Files.writeString(
            directory.resolve("fetch.conf"), "per-host = 3\n[slow.example]\nper-host = 1\n");

    Settings settings = sent(parse("--config", config.toString()));

    assertThat(settings.politeness().perHost()).isEqualTo(3);
    assertThat(settings.politeness().of("slow.example").perHost()).isEqualTo(1);
  }

  @Test
  void passesOverWhatAConfigFileSetsForTheCommandLineOnly() throws Exception {
    Path config = Files.writeString(directory.resolve("c"), "save = bodies\nper-host = 3\n");

    Settings settings = sent(parse("--config", config.toString()));

    assertThat(settings.politeness().perHost()).isEqualTo(3);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--save=d",
        "--save-as={host}",
        "--warc-dedup",
        "--lock=l",
        "--metrics=m",
        "--progress=always",
        "--cookie-jar=c",
        "--shard=1/2",
        "--ordered",
        "--deadline=1h",
        "--since=f",
        "--dry-run",
        "--list=http://h/l"
      })
  void refusesByNameWhatMakesNoSenseOnSpark(String option) {
    String name = option.replaceFirst("=.*", "");

    assertThatThrownBy(() -> parse(option))
        .isInstanceOf(UsageException.class)
        .hasMessageStartingWith(name + " does not work on Spark: ");
  }

  @Test
  void saysThatArchivesOnSparkAreNamedAfterTheirChunks() {
    assertThatThrownBy(() -> parse("--warc", "crawl.warc.gz", "urls.txt"))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("--warc takes no FILE on Spark");
  }

  @Test
  void refusesRequestsThatMustNotBeRepeated() throws Exception {
    assertThatThrownBy(() -> parse("-X", "POST"))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("POST needs --at-least-once");
    assertThat(sent(parse("-X", "POST", "--at-least-once")).request().method()).isEqualTo("POST");
  }

  @Test
  void needsTheHostsThatReceiveCredentials() throws IOException {
    assertThatThrownBy(() -> sent(parse("--user=me:secret")))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("--credentials-for");
  }

  @Test
  void showsNoSecretsOfASettingsObject() throws Exception {
    JobSettings settings =
        parse("--user=me:secret", "--credentials-for=h", "-H", "X-Key: secret").settings("job");

    assertThat(settings.toString()).doesNotContain("secret");
  }

  @Test
  void listsItsOptionsAsHelp() throws Exception {
    assertThat(parse("--help").help())
        .startsWith("Usage: spark-submit --class fetch.spark.FetchJob fetch-spark.jar")
        .contains("--round=TIME", "--per-host=N", "--include-body")
        .doesNotContain("--save", "--lock");
  }
}
