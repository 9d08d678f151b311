package fetch.http.okhttp;

import kotlin.jvm.internal.ClassReference;
import kotlin.reflect.KClass;
import okhttp3.Request;
import org.jspecify.annotations.Nullable;

/**
 * A kind of object that can be attached to requests. Immutable.
 *
 * <p>OkHttp's tags by Java class look for Kotlin's reflection in all jars, which costs the first
 * request 12 ms. Tags by Kotlin class do not.
 */
public final class Tag<T> {
  private final KClass<T> type;

  @SuppressWarnings("unchecked") // a reference to T's class
  public Tag(Class<T> type) {
    this.type = (KClass<T>) (KClass<?>) new ClassReference(type);
  }

  /** Attaches an object, instead of the earlier one of this kind. */
  public Request.Builder attach(T object, Request.Builder request) {
    return request.tag(type, object);
  }

  /** The object of a request, null for none. */
  public @Nullable T of(Request request) {
    return request.tag(type);
  }
}
