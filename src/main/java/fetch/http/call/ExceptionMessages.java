package fetch.http.call;

import java.io.IOException;

/** Reads the messages of exceptions. */
public final class ExceptionMessages {
  private ExceptionMessages() {}

  /** Whether the first line of an exception's message contains this text. */
  public static boolean says(Throwable e, String words) {
    return message(e).contains(words);
  }

  /** The first line of an exception's message. */
  public static String message(Throwable e) {
    String message = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    return message.lines().findFirst().orElse("");
  }

  /** The exception behind a failure; empty if the failure's sentence is complete without it. */
  public static String text(IOException e) {
    Throwable cause = e instanceof FailedTransfer ? e.getCause() : e;
    return cause == null ? "" : cause.toString();
  }
}
