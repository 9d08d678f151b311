package fetch.engine;

import fetch.Clock;
import fetch.Entry;
import fetch.FetchResult;
import fetch.body.BodySink;
import fetch.http.Collaborators;
import fetch.http.connection.DescriptorPool;
import fetch.http.connection.Descriptors;
import fetch.http.cookie.CookieJar;
import fetch.http.dns.NameService;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Everything that an engine uses besides its settings. The {@code with} methods return a copy.
 *
 * @param collaborators where bodies and archives go, and what makes requests conditional
 * @param skip the result of an entry that needs no request, null for one that does
 * @param listener receives the events, null for none
 * @param machine names, time and descriptors
 */
public record Attachments(
    Collaborators collaborators,
    @Nullable Function<Entry, @Nullable FetchResult> skip,
    @Nullable RunListener listener,
    Machine machine) {

  /** Discards bodies, archives nothing, and leaves the rest of the JVM alone. */
  public static final Attachments NONE =
      new Attachments(Collaborators.NONE, null, null, Machine.SHARED);

  /**
   * The machine's services that an engine uses.
   *
   * @param names looks up host names
   * @param clock times waits and records
   * @param descriptors of sockets and look-ups; engines that have the same pool share them fairly
   */
  public record Machine(NameService names, Clock clock, DescriptorPool descriptors) {
    /**
     * For a program that does more than fetch: Java's own DNS cache, and as many sockets as the
     * system gives. An engine that runs out of descriptors waits for one.
     */
    public static final Machine SHARED =
        new Machine(NameService.system(), Clock.system(), DescriptorPool.UNCOUNTED);

    /**
     * For a program that does nothing but fetch. Turns off Java's DNS cache for the whole JVM, and
     * counts the descriptors that this process has left, once.
     *
     * @param filesPerRequest how many files may be open for each request, 0 to 2
     */
    public static Machine ownedByFetch(int filesPerRequest) {
      Descriptors descriptors = Descriptors.ofThisProcess();
      for (int i = 0; i < filesPerRequest; i++) {
        descriptors = descriptors.sharedWithFiles();
      }
      return new Machine(NameService.uncached(), Clock.system(), new DescriptorPool(descriptors));
    }
  }

  public Attachments withBodies(@Nullable BodySink bodies) {
    Collaborators others = collaborators;
    return new Attachments(
        new Collaborators(
            bodies, others.preconditions(), others.archive(), others.details(), others.cookies()),
        skip,
        listener,
        machine);
  }

  /** Stores the cookies that servers set in this jar, for all later requests of the engine. */
  public Attachments withCookies(@Nullable CookieJar jar) {
    Collaborators others = collaborators;
    return new Attachments(
        new Collaborators(
            others.bodies(), others.preconditions(), others.archive(), others.details(), jar),
        skip,
        listener,
        machine);
  }

  public Attachments withListener(@Nullable RunListener other) {
    return new Attachments(collaborators, skip, other, machine);
  }

  public Attachments withMachine(Machine other) {
    return new Attachments(collaborators, skip, listener, other);
  }
}
