package fetch.http.dns;

import fetch.http.url.AddressBlock;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The prefixes of the network's NAT64, found by looking up a name that has only IPv4 addresses (RFC
 * 7050, section 3). Ambiguous addresses yield several prefixes, which is safe because prefixes only
 * refuse addresses. Immutable.
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

  /** Bits 64 to 71, which embedded IPv4 addresses skip (RFC 6052, section 2.2). */
  private static final int RESERVED_OCTET = 8;

  private record Prefix(AddressBlock block, int bits) {}

  private final List<Prefix> prefixes;

  private Nat64(List<Prefix> prefixes) {
    this.prefixes = prefixes;
  }

  /** Derives the prefixes from the addresses of {@link #NAME}. */
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

  /** The four octets after a prefix. */
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
   * Describes the IPv4 address that the NAT64 translates an IPv6 address to, if that is not public;
   * null otherwise.
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
