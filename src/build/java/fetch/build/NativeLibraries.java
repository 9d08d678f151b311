package fetch.build;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * Where the native code of libraries goes: this platform's to the runtime's own, where the JVM
 * looks first, so that it need not be unpacked to a temporary file in each run; that of other
 * platforms nowhere.
 */
record NativeLibraries(Path directory) {
  static boolean isNative(String entry) {
    return entry.endsWith(".so") || entry.endsWith(".dylib") || entry.endsWith(".dll");
  }

  /** The entry's name is as in zstd-jni: {@code linux/amd64/libzstd-jni-1.5.7-9.so}. */
  void install(String entry, byte[] content) throws IOException {
    if (entry.startsWith(platform())) {
      String name = entry.substring(entry.lastIndexOf('/') + 1, entry.lastIndexOf('.'));
      Files.write(directory.resolve(System.mapLibraryName(name)), content);
    }
  }

  private static String platform() {
    String name = System.getProperty("os.name").toLowerCase(Locale.ROOT);
    String system = name.startsWith("win") ? "win" : name.startsWith("mac") ? "darwin" : name;
    return system + "/" + System.getProperty("os.arch") + "/";
  }
}
