package fetch.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import fetch.body.LeftoverName;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Directories in which somebody else has put something under the names that fetch makes up. */
@Timeout(60)
@EnabledOnOs(value = OS.LINUX, disabledReason = "needs pipes and owners of POSIX, and reads /proc")
class PlantedFilesTest {
  private static final String SECRET = "the victim's own\n";

  @TempDir private Path directory;
  @AutoClose private final Site site = Site.open();
  private Path victim;
  private Path shared;

  @BeforeEach
  void open() throws IOException {
    victim = Files.writeString(directory.resolve("victim"), SECRET);
    shared = Files.createDirectory(directory.resolve("shared"));
    Files.setPosixFilePermissions(shared, PosixFilePermissions.fromString("rwxrwxrwx"));
  }

  /** What may be planted. */
  enum Planted {
    SYMBOLIC_LINK {
      @Override
      void plant(Path name, Path victim) throws IOException {
        Files.createSymbolicLink(name, victim);
      }
    },
    HARD_LINK {
      @Override
      void plant(Path name, Path victim) throws IOException {
        Files.createLink(name, victim);
      }
    },
    PIPE {
      @Override
      void plant(Path name, Path victim) throws IOException {
        run("mkfifo", name.toString());
      }
    },
    FILE_OF_ANOTHER {
      @Override
      void plant(Path name, Path victim) throws IOException {
        Files.copy(victim, name);
        assumeTrue(isRoot(), "only root can give files away");
        Files.setAttribute(name, "unix:uid", 12_345);
      }
    };

    abstract void plant(Path name, Path victim) throws IOException;
  }

  private static boolean isRoot() throws IOException {
    return Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0);
  }

  private static void run(String... command) throws IOException {
    try {
      assertThat(new ProcessBuilder(command).start().waitFor()).isZero();
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  private Ended fetch(Object... arguments) {
    List<String> all = new ArrayList<>(List.of("-q"));
    Stream.of(arguments).map(Object::toString).forEach(all::add);
    return InProcess.fetch("", all.toArray(String[]::new));
  }

  private void assertUnharmed() {
    assertThat(victim).content().isEqualTo(SECRET);
  }

  @ParameterizedTest
  @EnumSource(Planted.class)
  void passesOverAPlantedLeftover(Planted planted) throws IOException {
    Path place = placeOfLeftover();
    planted.plant(place, victim);
    Ended ended = fetch("--save=" + shared, "--retry=0", site.url("/a"));

    assertThat(ended.code()).as(ended.out()).isZero();
    assertThat(place.resolveSibling("a")).content().isEqualTo("/a");
    assertUnharmed();
  }

  /** The name that a leftover of {@code /a} would have, in a directory that is there. */
  private Path placeOfLeftover() throws IOException {
    fetch("--save=" + shared, site.url("/b"));
    Path folder = shared.resolve("127.0.0.1:" + site.port());
    return folder.resolve(LeftoverName.of(site.url("/a")));
  }

  @ParameterizedTest
  @EnumSource(Planted.class)
  void passesOverANoteThatLeadsToAPlantedFile(Planted planted) throws IOException {
    Path place = placeOfLeftover();
    planted.plant(place.resolveSibling(".fetch-planted-1.tmp"), victim);
    String note = ".fetch-planted-1.tmp\n" + site.url("/a") + "\n\"v1\"\n-1\nfetchRun";
    Files.writeString(place, note, StandardCharsets.UTF_8);
    Ended ended = fetch("--save=" + shared, "--retry=0", site.url("/a"));

    assertThat(ended.code()).as(ended.out()).isZero();
    assertThat(place.resolveSibling("a")).content().isEqualTo("/a");
    assertUnharmed();
  }

  @ParameterizedTest
  @EnumSource(Planted.class)
  void replacesWhatBearsTheNameOfABody(Planted planted) throws IOException {
    Path name = placeOfLeftover().resolveSibling("a");
    planted.plant(name, victim);

    assertThat(fetch("--save=" + shared, site.url("/a")).code()).isZero();
    assertThat(Files.isRegularFile(name, LinkOption.NOFOLLOW_LINKS)).isTrue();
    assertThat(name).content().isEqualTo("/a");
    assertUnharmed();
  }

  @Test
  void savesNothingBehindAnothersLink() throws IOException {
    assumeTrue(isRoot(), "only root can give files away");
    Path home = Files.createDirectory(directory.resolve("home"));
    Path link = Files.createSymbolicLink(shared.resolve("127.0.0.1:" + site.port()), home);
    run("chown", "-h", "12345", link.toString());
    Ended ended = fetch("--save=" + shared, "-fjsonl", site.url("/a/b"));

    assertThat(ended.out()).contains("is a symbolic link that belongs to another user");
    assertThat(home).isEmptyDirectory();

    run("chown", "-h", "0", link.toString());
    assertThat(fetch("--save=" + shared, site.url("/a/b")).code()).isZero();
    assertThat(home.resolve("a/b")).content().isEqualTo("/a/b");
  }

  @ParameterizedTest
  @EnumSource(Planted.class)
  void refusesAPlantedFileOfASeries(Planted planted) throws IOException {
    for (String resume : List.of("--resume", "--ordered")) {
      Path results = shared.resolve("results-00001.csv");
      planted.plant(results, victim);
      Ended ended =
          fetch(
              "-fcsv",
              resume,
              "-o" + shared.resolve("results.csv"),
              "--output-max-size=1m",
              site.url("/"));
      Files.delete(results);

      assertThat(ended.code()).as(ended.err()).isEqualTo(ExitCode.IO);
      assertThat(ended.err()).contains(results + ": ");
    }
    assertUnharmed();
  }

  @ParameterizedTest
  @EnumSource(Planted.class)
  void refusesAPlantedFileOfAnArchive(Planted planted) throws IOException {
    for (String name : List.of("c-00001.warc.gz", "c.cdxj")) {
      for (String resume : List.of("--resume", "--ordered")) {
        planted.plant(shared.resolve(name), victim);
        Ended ended =
            fetch(
                "-fcsv",
                resume,
                "-o" + directory.resolve("results"),
                "--warc=" + shared.resolve("c.warc.gz"),
                site.url("/"));
        Files.delete(shared.resolve(name));

        assertThat(ended.code()).as(ended.err()).isEqualTo(ExitCode.IO);
        assertThat(ended.err()).contains(shared.resolve(name) + ": ");
      }
    }
    assertUnharmed();
  }

  @ParameterizedTest
  @EnumSource(Planted.class)
  void writesResultsAndMetricsPastWhatIsPlantedBeside(Planted planted) throws IOException {
    Path results = shared.resolve("results");
    fetch("-fcsv", "-o" + results, "--resume", site.url("/status/500/a"), "--retry=0");
    long process = ProcessHandle.current().pid();
    for (String name : List.of("results.rewritten", ".m.prom." + process + ".tmp")) {
      planted.plant(shared.resolve(name), victim);
    }
    Ended ended =
        fetch(
            "-fcsv",
            "-o" + results,
            "--resume=retry-failed",
            "--metrics=" + shared.resolve("m.prom"),
            "--retry=0",
            site.url("/status/500/a"));

    assertThat(ended.code()).as(ended.err()).isEqualTo(ExitCode.SOME_FAILED);
    assertThat(results).content().contains("/status/500/a");
    assertThat(shared.resolve("m.prom")).content().contains("fetch_");
    assertUnharmed();
  }

  @Test
  void refusesALockThatIsNoRegularFile() throws IOException {
    for (Planted planted : List.of(Planted.PIPE, Planted.SYMBOLIC_LINK)) {
      Path lock = shared.resolve("lock");
      planted.plant(lock, victim);
      Ended ended = fetch("--lock=" + lock, site.url("/"));
      Files.delete(lock);

      assertThat(ended.code()).isEqualTo(ExitCode.IO);
      assertThat(ended.err()).contains(lock + " is not a regular file");
    }
    assertUnharmed();
  }
}
