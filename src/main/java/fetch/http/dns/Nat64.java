package fetch.http.dns;

import fetch.http.url.AddressBlock;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The prefixes below which the network's NAT64 has the IPv4 addresses, found by looking up a name
 * that has IPv4 addresses only (RFC 7050, section 3). An address found in several places yields
 * several prefixes, since they only ever refuse addresses. Immutable.
 */
final class Nat64 {
  /** The name to look up. */
  static final String NAME = "ipv4only.arpa";

  /** No NAT64. */
  static final Nat64 NONE = new Nat64(List.of());

  /** The addresses of the name (RFC 7050, section 2.2). */
  private static final List<byte[]> WELL_KNOWN =
      List.of(new byte[] {(byte) 192, 0, 0, (byte) 170}, new byte[] {(byte) 192, 0, 0, (byte) 171});

  /** How many bits a prefix may have (RFC 6052, section 2.2). */
  private static final List<Integer> LENGTHS = List.of(32, 40, 48, 56, 64, 96);

  /** Bits 64 to 71, which IPv4 addresses pass over (RFC 6052, section 2.2). */
  private static final int RESERVED_OCTET = 8;

  private record Prefix(AddressBlock block, int bits) {}

  private final List<Prefix> prefixes;

  private Nat64(List<Prefix> prefixes) {
    this.prefixes = prefixes;
  }

  /** What the addresses of {@link #NAME} say. */
  static Nat64 of(List<InetAddress> addresses) {
    List<Prefix> prefixes = new ArrayList<>();
    for (InetAddress address : addresses) {
      if (address instanceof Inet6Address) {
        addPrefixes(address.getAddress(), prefixes);
      }
    }
    return prefixes.isEmpty() ? NONE : new Nat64(List.copyOf(prefixes));
  }

  private static void addPrefixes(byte[] address, List<Prefix> prefixes) {
    for (int bits : LENGTHS) {
      byte[] embedded = embedded(address, bits);
      if (WELL_KNOWN.stream().anyMatch(known -> Arrays.equals(known, embedded))) {
        prefixes.add(new Prefix(AddressBlock.of(address, bits), bits));
      }
    }
  }

  /** The four octets behind a prefix. */
  private static byte[] embedded(byte[] address, int bits) {
    byte[] embedded = new byte[4];
    int position = bits / 8;
    for (int i = 0; i < embedded.length; i++) {
      position += position == RESERVED_OCTET ? 1 : 0;
      embedded[i] = address[position];
      position++;
    }
    return embedded;
  }

  /**
   * What the IPv4 address is that the NAT64 translates an IPv6 address to, when it is not of the
   * public Internet; null otherwise.
   */
  @Nullable String objection(Inet6Address address) {
    byte[] octets = address.getAddress();
    for (Prefix prefix : prefixes) {
      if (prefix.block().contains(octets)) {
        String objection = PublicInternet.objection(embedded(octets, prefix.bits()));
        if (objection != null) {
          return objection;
        }
      }
    }
    return null;
  }
}
