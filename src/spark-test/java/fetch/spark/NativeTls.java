package fetch.spark;

import fetch.http.boringssl.BoringSsl;

/** Prints whether the native code of BoringSSL can be loaded. */
final class NativeTls {
  private NativeTls() {}

  public static void main(String[] arguments) {
    System.out.println("BoringSSL: " + BoringSsl.isAvailable());
  }
}
