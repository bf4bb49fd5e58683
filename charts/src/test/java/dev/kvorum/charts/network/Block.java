package dev.kvorum.charts.network;

import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;

/** A block of addresses in CIDR form. */
record Block(String cidr) {

    boolean holds(String address) {
        String[] parts = cidr.split("/", 2);
        byte[] first = bytes(parts[0]);
        byte[] other = bytes(address);
        int ignored = first.length * 8 - Integer.parseInt(parts[1]);
        return first.length == other.length && prefix(first, ignored).equals(prefix(other, ignored));
    }

    private static BigInteger prefix(byte[] address, int ignoredBits) {
        return new BigInteger(1, address).shiftRight(ignoredBits);
    }

    /** Of an address in digits, which asks nobody. */
    private static byte[] bytes(String address) {
        try {
            return InetAddress.getByName(address).getAddress();
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(address + " is no address", e);
        }
    }
}
