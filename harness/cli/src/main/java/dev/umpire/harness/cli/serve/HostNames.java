package dev.umpire.harness.cli.serve;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/**
 * The names by which a browser may ask for the server. A page of somebody else whose name was made to lead to this machine
 * (DNS rebinding) asks by that name, and gets nothing.
 *
 * @param names in lower case, addresses of IPv6 in brackets
 * @param port behind them
 */
record HostNames(Set<String> names, int port) {
    private static final int USUAL_PORT = 80;

    /**
     * Those of an address on which the server listens.
     *
     * @param typed as the user named it
     * @throws SocketException if the addresses of this machine cannot be listed
     */
    static HostNames of(InetSocketAddress bound, String typed) throws SocketException {
        InetAddress address = bound.getAddress();
        Set<String> names = new TreeSet<>();
        names.add(typed.toLowerCase(Locale.ROOT));
        names.add(literal(address));
        if (address.isLoopbackAddress() || address.isAnyLocalAddress()) {
            names.addAll(List.of("localhost", "127.0.0.1", "[::1]"));
        }
        if (address.isAnyLocalAddress()) {
            NetworkInterface.networkInterfaces()
                    .flatMap(NetworkInterface::inetAddresses)
                    .forEach(one -> names.add(literal(one)));
        }
        return new HostNames(names, bound.getPort());
    }

    /** The address as it stands in the address of a page. */
    static String literal(InetAddress address) {
        // what stands behind % is the name of an interface, and no part of the address
        String text = address.getHostAddress().replaceFirst("%.*", "");
        return address instanceof Inet6Address ? "[" + text + "]" : text;
    }

    /** @param headers the values of the header Host */
    boolean allow(List<String> headers) {
        if (headers.size() != 1) {
            return false;
        }
        String host = headers.get(0).toLowerCase(Locale.ROOT);
        return names.stream()
                .anyMatch(name -> host.equals(name + ":" + port) || (port == USUAL_PORT && host.equals(name)));
    }
}
