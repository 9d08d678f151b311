package fetch.cli;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/** Says in words what exceptions about files say by their type. */
final class IoMessages {
  private IoMessages() {}

  static String of(IOException e) {
    return switch (e) {
      case NoSuchFileException missing -> missing.getFile() + ": no such file or directory";
      case AccessDeniedException denied -> denied.getFile() + ": permission denied";
      case FileSystemException other when other.getReason() != null ->
          other.getFile() + ": " + other.getReason();
      case CharacterCodingException _ -> "the text is not UTF-8";
      default -> e.getMessage() == null ? e.toString() : e.getMessage();
    };
  }

  /** Whether the reader of a pipe has closed it. */
  static boolean isBrokenPipe(IOException e) {
    String message = String.valueOf(e.getMessage());
    return message.contains("Broken pipe") || message.contains("pipe is being closed");
  }
}
