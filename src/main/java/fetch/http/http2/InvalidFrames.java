package fetch.http.http2;

import fetch.http.call.ExceptionMessages;
import java.io.IOException;

/**
 * Thrown if a server breaks a rule of HTTP/2 that ends the connection (RFC 9113, section 5.4.1).
 * The message names the frame and the fault.
 */
public final class InvalidFrames extends IOException {
  private static final long serialVersionUID = 1;

  InvalidFrames(String what) {
    super(what);
  }

  /** The record's message for a connection that ended for this reason. */
  public static String sentence(IOException e) {
    return sentence(e instanceof InvalidFrames ? ExceptionMessages.message(e) : translated(e));
  }

  /** The record's message for a connection or response that breaks the rules. */
  public static String sentence(String what) {
    return "not valid HTTP/2: " + what;
  }

  /**
   * Translates OkHttp's message to the terms of RFC 7541 and RFC 9113. OkHttp checks only field
   * compression; {@link FrameRules} checks everything else before it.
   */
  private static String translated(IOException found) {
    String message = String.valueOf(found.getMessage());
    String mixedCase = "mixed case name: ";
    int name = message.indexOf(mixedCase);
    if (name >= 0) {
      return upperCase(message.substring(name + mixedCase.length()));
    }
    if (message.startsWith("HPACK integer")) {
      return "a number in a header section is too large";
    }
    if (message.startsWith("Header index")) {
      return "a header section refers to a missing table entry";
    }
    if (message.startsWith("index == 0")) {
      return "a header section refers to entry 0 of its table";
    }
    if (message.startsWith("Invalid dynamic table size")) {
      return "a header section sets a table size above 4096";
    }
    return "the server broke a rule of the protocol";
  }

  private static String upperCase(String name) {
    return "the header field name '" + name + "' has upper-case letters";
  }
}
