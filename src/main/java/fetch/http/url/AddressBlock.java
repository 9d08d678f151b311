package fetch.http.url;

import java.net.InetAddress;

/** A block of IP addresses in CIDR notation (RFC 4632). */
public final class AddressBlock {
  private final byte[] network;
  private final int bits;

  private AddressBlock(byte[] network, int bits) {
    this.network = network;
    this.bits = bits;
  }

  /**
   * Parses {@code ADDRESS/BITS}.
   *
   * @throws IllegalArgumentException if the text is malformed
   */
  public static AddressBlock parse(String text) {
    int slash = text.indexOf('/');
    if (slash < 0) {
      throw new IllegalArgumentException("'" + text + "' is not ADDRESS/BITS");
    }
    byte[] network = InetAddress.ofLiteral(text.substring(0, slash)).getAddress();
    int bits = Integer.parseInt(text.substring(slash + 1));
    if (bits < 0 || bits > 8 * network.length) {
      throw new IllegalArgumentException("'" + text + "' has more bits than there are");
    }
    return new AddressBlock(network, bits);
  }

  /**
   * The block of all addresses, in network byte order, that share their first bits with this one.
   */
  public static AddressBlock of(byte[] address, int bits) {
    return new AddressBlock(address.clone(), bits);
  }

  /** The block of one address. */
  public static AddressBlock of(InetAddress address) {
    byte[] network = address.getAddress();
    return new AddressBlock(network, 8 * network.length);
  }

  /** Whether the block contains an address of either family, in network byte order. */
  public boolean contains(byte[] address) {
    if (address.length != network.length) {
      return false;
    }
    for (int bit = 0; bit < bits; bit++) {
      int mask = 0x80 >> (bit % 8);
      if ((network[bit / 8] & mask) != (address[bit / 8] & mask)) {
        return false;
      }
    }
    return true;
  }
}
