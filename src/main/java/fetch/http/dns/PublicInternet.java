package fetch.http.dns;

import fetch.http.url.AddressBlock;
import fetch.http.url.Addresses;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether addresses are on the public Internet. Others belong to this machine, its network,
 * its cloud's services, or a block that IANA has reserved (RFC 6890). An IPv6 address that embeds
 * an IPv4 address is judged by the latter.
 */
final class PublicInternet {
  private record SetAside(AddressBlock block, String kind) {}

  /** The first that matches names the kind. */
  private static final List<SetAside> SET_ASIDE =
      List.of(
          aside("169.254.169.254/32", "a cloud metadata address"),
          aside("169.254.170.2/32", "a cloud metadata address"), // Amazon's containers
          aside("100.100.100.200/32", "a cloud metadata address"), // Alibaba
          aside("192.0.0.192/32", "a cloud metadata address"), // Oracle
          aside("168.63.129.16/32", "a cloud metadata address"), // Azure, in public space
          aside("fd00:ec2::254/128", "a cloud metadata address"), // Amazon
          aside("fd20:ce::254/128", "a cloud metadata address"), // Google
          aside("0.0.0.0/8", "an address of this network"),
          aside("10.0.0.0/8", "a private address"),
          aside("100.64.0.0/10", "a private address"), // behind a carrier's NAT, RFC 6598
          aside("127.0.0.0/8", "a loopback address"),
          aside("169.254.0.0/16", "a link-local address"),
          aside("172.16.0.0/12", "a private address"),
          aside("192.0.0.0/24", "a reserved address"),
          aside("192.0.2.0/24", "a documentation address"),
          aside("192.88.99.0/24", "a reserved address"), // relays of 6to4, RFC 7526
          aside("192.168.0.0/16", "a private address"),
          aside("198.18.0.0/15", "a benchmark address"),
          aside("198.51.100.0/24", "a documentation address"),
          aside("203.0.113.0/24", "a documentation address"),
          aside("224.0.0.0/4", "a multicast address"),
          aside("255.255.255.255/32", "a broadcast address"),
          aside("240.0.0.0/4", "a reserved address"),
          aside("::/128", "an address of this network"),
          aside("::1/128", "a loopback address"),
          aside("64:ff9b:1::/48", "a private address"), // NAT64 of one's own, RFC 8215
          aside("fc00::/7", "a private address"),
          aside("fe80::/10", "a link-local address"),
          aside("fec0::/10", "a private address"), // site-local, RFC 3879
          aside("ff00::/8", "a multicast address"),
          aside("2001:2::/48", "a benchmark address"),
          aside("2001:db8::/32", "a documentation address"),
          aside("3fff::/20", "a documentation address"));

  /** Names of this machine, wherever they are looked up (RFC 6761, section 6.3). */
  private static final Pattern LOCALHOST = Pattern.compile("(.*\\.)?localhost\\.?");

  private static final AddressBlock TEREDO = AddressBlock.parse("2001::/32"); // RFC 4380
  private static final AddressBlock SIX_TO_FOUR = AddressBlock.parse("2002::/16"); // RFC 3056
  private static final AddressBlock NAT64 = AddressBlock.parse("64:ff9b::/96"); // RFC 6052

  /** IPv4-compatible, -mapped and -translated addresses lie here (RFC 4291, RFC 2765). */
  private static final AddressBlock COMPATIBLE = AddressBlock.parse("::/64");

  /** The only block of public IPv6 addresses so far, apart from those of protocols (RFC 2928). */
  private static final AddressBlock GLOBAL_UNICAST = AddressBlock.parse("2000::/3");

  private static final AddressBlock PROTOCOLS = AddressBlock.parse("2001::/23");

  private PublicInternet() {}

  private static SetAside aside(String block, String kind) {
    return new SetAside(AddressBlock.parse(block), kind);
  }

  /** Describes a host that is not public by its name; null for others. */
  static @Nullable String objection(String host) {
    if (Addresses.isLiteral(host)) {
      return objection(InetAddress.ofLiteral(host));
    }
    return LOCALHOST.matcher(host).matches() ? "a loopback address" : null;
  }

  /** Describes an address that is not public; null for others. */
  static @Nullable String objection(InetAddress address) {
    return objection(address.getAddress());
  }

  /** The same for an address in network byte order. */
  static @Nullable String objection(byte[] address) {
    for (SetAside set : SET_ASIDE) {
      if (set.block().contains(address)) {
        return set.kind();
      }
    }
    return address.length == 4 ? null : objectionToIpv6(address);
  }

  private static @Nullable String objectionToIpv6(byte[] address) {
    for (byte[] embedded : embedded(address)) {
      String objection = objection(embedded);
      if (objection != null) {
        return objection;
      }
    }
    boolean usable =
        NAT64.contains(address)
            || (GLOBAL_UNICAST.contains(address) && !PROTOCOLS.contains(address));
    return usable ? null : "a reserved address";
  }

  /** The IPv4 addresses that packets to an IPv6 address may end up at. */
  private static List<byte[]> embedded(byte[] address) {
    byte[] last = Arrays.copyOfRange(address, 12, 16);
    if (TEREDO.contains(address)) {
      for (int i = 0; i < last.length; i++) {
        last[i] ^= (byte) 0xff; // the client, obscured for NATs; the server is in plain form
      }
      return List.of(last, Arrays.copyOfRange(address, 4, 8));
    }
    if (SIX_TO_FOUR.contains(address)) {
      return List.of(Arrays.copyOfRange(address, 2, 6));
    }
    boolean embeds =
        NAT64.contains(address)
            || COMPATIBLE.contains(address)
            || isIsatap(address)
            || mayBeTranslated(address);
    return embeds ? List.of(last) : List.of();
  }

  /** Whether the interface identifier is 0:5efe or 200:5efe, then IPv4 (RFC 5214, section 6.1). */
  private static boolean isIsatap(byte[] address) {
    return (address[8] & ~0x02) == 0
        && address[9] == 0
        && address[10] == 0x5e
        && address[11] == (byte) 0xfe;
  }

  /**
   * Whether an address may belong to a NAT64 with a 96-bit prefix that the network has chosen (RFC
   * 6052, section 2.2). There 2001:200::a00:1 leads to 10.0.0.1. Excludes hosts numbered from 1,
   * and numbers that no IPv4 host has.
   */
  private static boolean mayBeTranslated(byte[] address) {
    boolean zero = address[8] == 0 && address[9] == 0 && address[10] == 0 && address[11] == 0;
    int first = address[12] & 0xff;
    return zero && first > 0 && first < 224;
  }
}
