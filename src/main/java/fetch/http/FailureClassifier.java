package fetch.http;

import fetch.FailureKind;
import fetch.Quantity;
import fetch.RootCause;
import fetch.http.call.CallEvents;
import fetch.http.call.ConnectExhaustion;
import fetch.http.call.ExceptionMessages;
import fetch.http.call.FailedTransfer;
import fetch.http.call.Phase;
import fetch.http.call.Unprocessed;
import fetch.http.http2.FrameWatch;
import fetch.http.http2.InvalidFrames;
import fetch.http.okhttp.StreamResets;
import fetch.http.settings.AttemptLimits;
import fetch.http.settings.SpeedLimit;
import fetch.http.tls.TlsFailures;
import fetch.http.url.Addresses;
import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.net.ProtocolException;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.time.Duration;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * Classifies the failure of an exchange, from the exception and the phase in which it was thrown.
 */
final class FailureClassifier {
  /** OkHttp's message for an HTTP/2 header section that exceeds its limit. */
  private static final String HTTP_2_HEADER_LIMIT = "header byte count limit";

  private FailureClassifier() {}

  /**
   * The failure behind an exception, unless a time limit or a cancellation caused it.
   *
   * @param frames those of the call's HTTP/2 connection, null for HTTP/1.x
   */
  static FailedTransfer classify(IOException e, CallEvents events, @Nullable FrameWatch frames) {
    return switch (e) {
      case FailedTransfer known -> known;
      case UnknownHostException unknown when unknown.getCause() instanceof FailedTransfer known ->
          known;
      case UnknownHostException unknown ->
          new FailedTransfer(FailureKind.DNS, String.valueOf(unknown.getMessage()));
      case ConnectException refused -> connecting(refused, events);
      case IOException exhausted when ConnectExhaustion.isBehind(exhausted, events.remote()) ->
          new FailedTransfer(FailureKind.IO, ConnectExhaustion.sentence(exhausted));
      case IOException invalid when events.isHttp2() && isOfConnection(invalid) ->
          ofConnection(InvalidFrames.sentence(invalid), frames);
      case EOFException _ when isOpen(frames) ->
          ofConnection(InvalidFrames.sentence("a header section ends inside a field"), frames);
      case IOException reset when StreamResets.isReset(reset) -> ofStream(reset, frames);
      default ->
          switch (events.phase()) {
            case LOOKUP_QUEUE, LOOKUP, DESCRIPTOR, CONNECT -> connecting(e, events);
            case HANDSHAKE -> TlsFailures.classify(e);
            case RESPONSE -> awaitingResponse(e);
            case BODY -> readingBody(e);
          };
    };
  }

  /** Whether an HTTP/2 connection ended because its frames break the rules. */
  private static boolean isOfConnection(IOException e) {
    boolean foundByOkHttp =
        e.getClass().equals(IOException.class) && !ExceptionMessages.says(e, HTTP_2_HEADER_LIMIT);
    return foundByOkHttp || e instanceof InvalidFrames;
  }

  /**
   * The frames may belong to any request. If the connection worked before, they say nothing against
   * the server: some servers lose a frame when they shut down.
   */
  private static FailedTransfer ofConnection(String sentence, @Nullable FrameWatch frames) {
    return frames != null && frames.isProven()
        ? new FailedTransfer(FailureKind.RESET, "the connection broke: " + sentence)
        : new FailedTransfer(FailureKind.PROTOCOL, sentence);
  }

  private static boolean isOpen(@Nullable FrameWatch frames) {
    return frames != null && !frames.hasEnded();
  }

  /** OkHttp reports a stream that it reset itself as one that the server reset. */
  private static FailedTransfer ofStream(IOException e, @Nullable FrameWatch frames) {
    String malformed = frames == null ? null : frames.malformedTrailers();
    if (malformed != null && StreamResets.codeOf(e) == StreamResets.PROTOCOL_ERROR) {
      return new FailedTransfer(FailureKind.PROTOCOL, InvalidFrames.sentence(malformed));
    }
    String name = frames == null ? null : frames.nameOf(e);
    if (frames != null
        && name == null
        && StreamResets.codeOf(e) == StreamResets.FLOW_CONTROL_ERROR) {
      return new FailedTransfer(
          FailureKind.PROTOCOL,
          InvalidFrames.sentence("more DATA than the stream's window allows"));
    }
    if (frames != null && name == null && StreamResets.codeOf(e) == StreamResets.INTERNAL_ERROR) {
      return ofConnection(InvalidFrames.sentence("a header section cannot be decoded"), frames);
    }
    return new FailedTransfer(
        FailureKind.RESET,
        "the server reset the stream: " + (name == null ? StreamResets.nameOf(e) : name));
  }

  private static FailedTransfer connecting(IOException e, CallEvents events) {
    InetSocketAddress remote = events.remote();
    String peer = remote == null ? "the server" : Addresses.text(remote);
    String why =
        switch (RootCause.of(e)) {
          case ConnectException refused when ExceptionMessages.says(refused, "refused") ->
              peer + " refused the connection";
          case NoRouteToHostException _ -> "no route to " + peer;
          case Throwable other ->
              "no connection to " + peer + ": " + ExceptionMessages.message(other);
        };
    return new FailedTransfer(FailureKind.CONNECT, why);
  }

  private static FailedTransfer awaitingResponse(IOException e) {
    return e instanceof FailedTransfer known ? known : broken(e);
  }

  private static FailedTransfer readingBody(IOException e) {
    if (e instanceof ProtocolException && ExceptionMessages.says(e, "bytes but received")) {
      return new FailedTransfer(FailureKind.PROTOCOL, "the body is longer than its Content-Length");
    }
    boolean cut =
        e instanceof EOFException || ExceptionMessages.says(e, "unexpected end of stream");
    return cut
        ? new FailedTransfer(
            FailureKind.PARTIAL, "the connection was closed before the end of the body")
        : broken(e);
  }

  private static FailedTransfer broken(IOException e) {
    return switch (e) {
      case IOException reset when StreamResets.isReset(reset) ->
          new FailedTransfer(
              FailureKind.RESET, "the server reset the stream: " + StreamResets.nameOf(reset));
      case Unprocessed refused ->
          new FailedTransfer(FailureKind.RESET, ExceptionMessages.message(refused));
      case EOFException _ ->
          new FailedTransfer(FailureKind.RESET, "the connection broke: the server closed it");
      case SSLException tls -> TlsFailures.classify(tls);
      case SocketException reset ->
          new FailedTransfer(
              FailureKind.RESET, "the connection broke: " + ExceptionMessages.message(reset));
      case ProtocolException protocol ->
          new FailedTransfer(
              FailureKind.PROTOCOL, "not HTTP: " + ExceptionMessages.message(protocol));
      case IOException large when ExceptionMessages.says(large, HTTP_2_HEADER_LIMIT) ->
          FailedTransfer.tooLargeHeaderSection();
      default ->
          new FailedTransfer(FailureKind.PROTOCOL, "not HTTP: " + ExceptionMessages.message(e));
    };
  }

  /** Whether a connection of HTTP/1.x was lost before a byte of the response came. */
  static boolean isConnectionLoss(IOException e) {
    FailureKind kind = awaitingResponse(e).kind();
    return kind == FailureKind.EMPTY_REPLY || kind == FailureKind.RESET;
  }

  /** The failure of a phase that exceeded a time limit. */
  static FailedTransfer timeout(Phase phase, Duration limit) {
    FailureKind kind =
        switch (phase) {
          case LOOKUP_QUEUE -> FailureKind.DNS_TEMPORARY;
          case DESCRIPTOR -> FailureKind.IO;
          case LOOKUP, CONNECT, HANDSHAKE, RESPONSE, BODY -> FailureKind.TIMEOUT;
        };
    return new FailedTransfer(kind, phase.pending() + " within " + AttemptLimits.seconds(limit));
  }

  /** The failure of a response that was slower than a speed limit. */
  static FailedTransfer tooSlow(SpeedLimit least) {
    return new FailedTransfer(
        FailureKind.TIMEOUT,
        "less than "
            + Quantity.of(least.bytesPerSecond(), "byte")
            + " a second for "
            + AttemptLimits.seconds(least.time()));
  }
}
