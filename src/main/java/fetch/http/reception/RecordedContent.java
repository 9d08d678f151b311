package fetch.http.reception;

import fetch.warc.Capture;
import java.io.IOException;
import okhttp3.MediaType;
import okhttp3.RequestBody;
import okio.Buffer;
import okio.BufferedSink;
import okio.ForwardingSink;
import okio.Okio;
import okio.Sink;
import org.jspecify.annotations.Nullable;

/** The body of a request, copied to the archive while it is sent. */
final class RecordedContent extends RequestBody {
  private final RequestBody body;
  private final Capture capture;

  RecordedContent(RequestBody body, Capture capture) {
    this.body = body;
    this.capture = capture;
  }

  @Override
  public @Nullable MediaType contentType() {
    return body.contentType();
  }

  @Override
  public long contentLength() throws IOException {
    return body.contentLength();
  }

  @Override
  public void writeTo(BufferedSink wire) throws IOException {
    BufferedSink sink = Okio.buffer(new Copy(wire));
    body.writeTo(sink);
    sink.emit();
  }

  private final class Copy extends ForwardingSink {
    Copy(Sink wire) {
      super(wire);
    }

    @Override
    public void write(Buffer source, long byteCount) throws IOException {
      byte[] block = source.peek().readByteArray(byteCount);
      capture.sent(block, 0, block.length);
      super.write(source, byteCount);
    }
  }
}
