package fetch.cli.options;

import fetch.file.FileFault;
import java.io.IOException;

/** Explains exceptions about files whose messages lack the reason. */
public final class IoMessages {
  private IoMessages() {}

  public static String of(IOException e) {
    return FileFault.sentence(e);
  }

  /** Whether the reader of a pipe has closed it. */
  public static boolean isBrokenPipe(IOException e) {
    String message = String.valueOf(e.getMessage());
    return message.contains("Broken pipe") || message.contains("pipe is being closed");
  }
}
