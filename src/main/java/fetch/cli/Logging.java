package fetch.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.OutputStreamAppender;
import java.io.IOException;
import java.io.OutputStream;
import java.util.logging.LogManager;
import org.slf4j.LoggerFactory;

/** Sets up the log on standard error in code, and only with {@code --verbose}. */
final class Logging {
  private static final String PATTERN = "%d{HH:mm:ss.SSS} %-5level %msg%n%nopex";

  private Logging() {}

  /**
   * Prevents java.util.logging, which OkHttp uses for warnings, from printing to standard error.
   */
  static void silence() {
    System.setProperty("java.util.logging.manager", Unconfigured.class.getName());
  }

  /**
   * A log manager that fails to read its configuration. It also stops java.util.logging from
   * searching every jar for other implementations: 10 ms of each start.
   */
  public static final class Unconfigured extends LogManager {
    @Override
    public void readConfiguration() throws IOException {
      throw new IOException("there is nothing to configure");
    }
  }

  /** Silences the robots.txt parser, which would log to standard output. */
  static void mute() {
    LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
    context.reset();
    context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME).setLevel(Level.OFF);
  }

  /**
   * Starts the log.
   *
   * @param verbosity 1 for the causes of failures, 2 or more for every request
   */
  static Logger start(int verbosity, OutputStream err) {
    LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
    context.reset();
    PatternLayoutEncoder encoder = new PatternLayoutEncoder();
    encoder.setContext(context);
    encoder.setPattern(PATTERN);
    encoder.start();
    OutputStreamAppender<ILoggingEvent> appender = new OutputStreamAppender<>();
    appender.setContext(context);
    appender.setEncoder(encoder);
    appender.setOutputStream(err);
    appender.start();
    Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    root.setLevel(Level.WARN);
    root.addAppender(appender);
    Logger fetch = context.getLogger("fetch");
    fetch.setLevel(verbosity > 1 ? Level.DEBUG : Level.INFO);
    return fetch;
  }
}
