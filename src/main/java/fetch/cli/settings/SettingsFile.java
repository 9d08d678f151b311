package fetch.cli.settings;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/** Reads a file with settings: UTF-8, with a size limit that catches lists given by mistake. */
record SettingsFile(String name) {
  private static final int MOST_BYTES = 1 << 20;
  private static final String BYTE_ORDER_MARK = "\ufeff";

  List<String> lines() throws SettingException {
    String text = text();
    return (text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text).lines().toList();
  }

  private String text() throws SettingException {
    try {
      Path path = Path.of(name);
      if (Files.isDirectory(path)) {
        throw complaint("is a directory");
      }
      try (InputStream file = Files.newInputStream(path)) {
        return decode(file.readNBytes(MOST_BYTES + 1));
      }
    } catch (IOException e) {
      throw complaint(reason(e));
    } catch (InvalidPathException e) {
      throw complaint("is not the name of a file");
    }
  }

  private String decode(byte[] bytes) throws IOException, SettingException {
    if (bytes.length > MOST_BYTES) {
      throw complaint("is too long for options; give a list of URLs without the @");
    }
    return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
  }

  private SettingException complaint(String what) {
    return new SettingException(name + " " + what);
  }

  private static String reason(IOException e) {
    return switch (e) {
      case NoSuchFileException _ -> "is not there";
      case AccessDeniedException _ -> "cannot be read: permission denied";
      case CharacterCodingException _ -> "is not UTF-8";
      default -> "cannot be read: " + e.getMessage();
    };
  }
}
