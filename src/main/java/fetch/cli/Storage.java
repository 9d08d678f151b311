package fetch.cli;

import fetch.Clock;
import fetch.Quantity;
import fetch.body.BodyDirectory;
import fetch.body.BodySink;
import fetch.cli.options.InputList;
import fetch.cli.options.IoMessages;
import fetch.http.cookie.CookieJar;
import fetch.since.EarlierRun;
import fetch.warc.Archive;
import java.io.Closeable;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Holds what a run keeps of responses besides records, and the state of an earlier run.
 *
 * @param directory where bodies are saved, null for nowhere
 * @param bodies where bodies go, null for nowhere
 * @param archive of requests and responses, null for none
 * @param earlier the run to compare with, null for none
 * @param cookies of the run, null to keep none
 */
record Storage(
    @Nullable BodyDirectory directory,
    @Nullable BodySink bodies,
    @Nullable Archive archive,
    @Nullable EarlierRun earlier,
    @Nullable Cookies cookies)
    implements Closeable {

  /**
   * Opens the directory and the archive without changing them yet.
   *
   * @param files the files that no saved body may replace
   */
  static Storage open(
      RunOptions options,
      InputList list,
      FileRoles files,
      Clock clock,
      Shutdown shutdown,
      Console console)
      throws IOException {
    BodyDirectory directory =
        options
            .bodies()
            .directory(options::isAccepted, files::takenBelow, shutdown::outputFailed, clock);
    BodySink matched =
        options
            .end()
            .success()
            .matched(options::isAccepted, options.bodies().savesFailed(), directory);
    BodySink bodies =
        options
            .bodies()
            .sink(
                matched,
                options.warc().file(),
                list.isStructured(),
                options.hashesBodies(),
                options::isAccepted,
                shutdown::outputFailed);
    EarlierRun earlier =
        EarlierRunLoader.read(
            options.output(),
            options.bodies(),
            options.settings().request().action(),
            directory,
            console);
    Archive archive =
        options
            .warc()
            .open(
                !options.bodies().saves(), options::warcInformation, clock, shutdown::outputFailed);
    Cookies cookies = Cookies.open(options.cookies(), clock, options.output().quiet(), console);
    return new Storage(directory, options.output().including(bodies), archive, earlier, cookies);
  }

  /** Starts the archive, or continues an earlier run's. */
  void begin(boolean resuming, boolean quiet, Console console) throws IOException {
    if (archive == null) {
      return;
    }
    try {
      if (!resuming) {
        archive.startAfresh();
        return;
      }
      long torn = archive.goOn();
      if (torn > 0 && !quiet) {
        console.say(
            "dropped an incomplete record of " + Quantity.of(torn, "byte") + " from the archive");
      }
    } catch (IOException e) {
      throw new IOException("cannot write the archive: " + IoMessages.of(e), e);
    }
  }

  /** Writes the cookies, and completes the archive after the last response. */
  void finish(Shutdown shutdown, Console console) {
    writeCookies(shutdown, console);
    try {
      if (archive != null) {
        archive.finish();
      }
    } catch (IOException e) {
      failed("cannot finish the archive: " + IoMessages.of(e), shutdown, console);
    }
  }

  /** The cookies, null to keep none. */
  @Nullable CookieJar jar() {
    return cookies == null ? null : cookies.jar();
  }

  /** Writes the cookies, unless they have been written. */
  void writeCookies(Shutdown shutdown, Console console) {
    try {
      if (cookies != null) {
        cookies.write();
      }
    } catch (IOException e) {
      failed(String.valueOf(e.getMessage()), shutdown, console);
    }
  }

  /** Reports a failure, even if the run is ending for another reason. */
  private static void failed(String message, Shutdown shutdown, Console console) {
    if (!shutdown.outputFailed(message)) {
      console.say(message);
    }
  }

  @Override
  public void close() throws IOException {
    if (archive != null) {
      archive.close();
    }
  }
}
