package fetch.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;

/** Fifty responses as servers of all kinds send them, to be mutated. */
final class ResponseCorpus {
  private static final String PAGE =
      "<!DOCTYPE html><html><head><title>It works</title></head><body>" + "<p>text</p>".repeat(40);

  private static final List<String> HEADS =
      List.of(
          "HTTP/1.1 200 OK\r\nServer: nginx\r\nContent-Type: text/html; charset=utf-8\r\n",
          "HTTP/1.1 200 OK\r\nETag: \"abc\"\r\nLast-Modified: Sat, 28 Nov 2026 01:00:00 GMT\r\n",
          "HTTP/1.0 200 OK\r\nServer: SimpleHTTP/0.6\r\nContent-Type: text/plain\r\n",
          "HTTP/1.1 404 Not Found\r\nDate: Sat, 28 Nov 2026 01:00:00 GMT\r\nVary: Accept\r\n",
          "HTTP/1.1 301 Moved\r\nLocation: /next\r\nSet-Cookie: a=1; Path=/; HttpOnly\r\n",
          "HTTP/1.1 302 Found\r\nLocation: http://other.example/\u00e9?q=1#f\r\n",
          "HTTP/1.1 503 Busy\r\nRetry-After: 0\r\nCache-Control: no-store\r\n",
          "HTTP/1.1 206 Partial\r\nContent-Range: bytes 0-9/10\r\n");

  private static final List<String> WHOLE =
      List.of(
          "HTTP/1.1 204 No Content\r\nX-Powered-By: PHP/8.3\r\n\r\n",
          "HTTP/1.1 304 Not Modified\r\nETag: W/\"x\"\r\nContent-Length: 5\r\n\r\n",
          "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n",
          "HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\nHTTP/1.1 200 OK\r\n\r\nuntil close",
          "HTTP/1.1 200\r\nContent-Length: 2\r\n\r\nok",
          "HTTP/1.1 200 OK\nContent-Length: 2\n\nok",
          "HTTP/1.1 200 OK\r\nX-Folded: a\r\n b\r\nContent-Length: 2\r\n\r\nok",
          "HTTP/1.1 407 Proxy Login\r\n"
              + "Proxy-Authenticate: Basic realm=x\r\n"
              + "Content-Length: 0\r\n\r\n",
          "HTTP/1.1 401 Who\r\nWWW-Authenticate: Digest realm=\"x\", nonce=\"y\"\r\n\r\n",
          "SSH-2.0-OpenSSH_9.2\r\n");

  private ResponseCorpus() {}

  /** The responses, in bytes. */
  static List<byte[]> all() {
    List<byte[]> responses = new ArrayList<>();
    for (String head : HEADS) {
      responses.add(message(head + "Content-Length: %d\r\n", bytes(PAGE)));
      responses.add(message(head + "Transfer-Encoding: chunked\r\n", chunked(bytes(PAGE))));
      responses.add(message(head + "Content-Encoding: gzip\r\nContent-Length: %d\r\n", gzip()));
      responses.add(message(head + "Connection: close\r\n", bytes("short")));
      responses.add(
          message(head + "Content-Encoding: deflate\r\nContent-Length: %d\r\n", deflated()));
    }
    WHOLE.forEach(response -> responses.add(bytes(response)));
    return responses;
  }

  private static byte[] message(String head, byte[] body) {
    ByteArrayOutputStream message = new ByteArrayOutputStream();
    message.writeBytes(bytes(head.formatted(body.length) + "\r\n"));
    message.writeBytes(body);
    return message.toByteArray();
  }

  private static byte[] chunked(byte[] body) {
    ByteArrayOutputStream chunks = new ByteArrayOutputStream();
    for (int start = 0; start < body.length; start += 100) {
      int size = Math.min(100, body.length - start);
      chunks.writeBytes(bytes(Integer.toHexString(size) + "\r\n"));
      chunks.write(body, start, size);
      chunks.writeBytes(bytes("\r\n"));
    }
    chunks.writeBytes(bytes("0\r\nX-Trailer: yes\r\n\r\n"));
    return chunks.toByteArray();
  }

  private static byte[] gzip() {
    ByteArrayOutputStream coded = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(coded)) {
      out.write(bytes(PAGE));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return coded.toByteArray();
  }

  private static byte[] deflated() {
    ByteArrayOutputStream coded = new ByteArrayOutputStream();
    try (DeflaterOutputStream out = new DeflaterOutputStream(coded)) {
      out.write(bytes(PAGE));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return coded.toByteArray();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
}
