package fetch.file;

import java.io.EOFException;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.NotLinkException;
import java.nio.file.Path;

/** Describes exceptions of file operations in words. */
public final class FileFault {
  private FileFault() {}

  /** The reason, after the name of the file if that is known. */
  public static String sentence(IOException e) {
    return e instanceof FileSystemException fault && fault.getFile() != null
        ? fault.getFile() + ": " + reason(fault)
        : reason(e);
  }

  private static String reason(IOException e) {
    return switch (e) {
      case NoSuchFileException _ -> "no such file or directory";
      case AccessDeniedException _ -> "permission denied";
      case FileSystemException other when other.getReason() != null -> other.getReason();
      case FileAlreadyExistsException _ -> "it already exists";
      case NotDirectoryException _ -> "it is not a directory";
      case DirectoryNotEmptyException _ -> "the directory is not empty";
      case FileSystemLoopException _ -> "too many levels of symbolic links";
      case NotLinkException _ -> "it is not a symbolic link";
      case FileSystemException _ -> "the system could not open or change it";
      case CharacterCodingException _ -> "the text is not UTF-8";
      case EOFException _ when e.getMessage() == null -> "it ends too early";
      case ClosedChannelException _ -> "it was closed while in use";
      default -> e.getMessage() == null ? "input or output failed" : e.getMessage();
    };
  }

  /** The same failure, with the file that the user knows instead of a temporary one. */
  public static FileSystemException about(Path file, FileSystemException e) {
    String name = file.toString();
    return switch (e) {
      case NoSuchFileException _ -> new NoSuchFileException(name);
      case AccessDeniedException _ -> new AccessDeniedException(name);
      default -> new FileSystemException(name, null, reason(e));
    };
  }
}
