package dev.umpire.targets.cassandra;

import com.datastax.oss.driver.api.core.addresstranslation.AddressTranslator;
import com.datastax.oss.driver.api.core.config.DriverOption;
import com.datastax.oss.driver.api.core.context.DriverContext;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Where Cassandra's driver goes that was told by a node to come to an address: by the ways of the run. Public because the driver
 * makes it, by its name; what it has to know stands among the driver's options.
 */
public final class ToldAddresses implements AddressTranslator {

    private static final String BETWEEN = " ";

    private final Map<InetSocketAddress, InetSocketAddress> ways;

    /** What the driver's options have of the run. */
    enum Option implements DriverOption {
        /** {@code 10.0.0.1 9042 40123}: who was told this address and port goes to that port of the loopback address. */
        WAYS;

        @Override
        public String getPath() {
            return "umpire.ways";
        }
    }

    /** By what stands in {@link Option#WAYS}. */
    public ToldAddresses(DriverContext context) {
        this.ways = context.getConfig().getDefaultProfile().getStringList(Option.WAYS, List.of()).stream()
                .map(way -> way.split(BETWEEN, -1))
                .collect(Collectors.toUnmodifiableMap(
                        way -> new InetSocketAddress(way[0], Integer.parseInt(way[1])),
                        way -> new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(way[2]))));
    }

    /** The ways to nodes, as they stand among the options. */
    static List<String> ways(CassandraNodes nodes) {
        return nodes.told().entrySet().stream()
                .map(one -> String.join(
                        BETWEEN,
                        one.getKey().getAddress().getHostAddress(),
                        "" + one.getKey().getPort(),
                        "" + nodes.address(one.getValue()).getPort()))
                .toList();
    }

    /** Where to go; where nobody knows better, to that address. */
    @Override
    public InetSocketAddress translate(InetSocketAddress told) {
        return Optional.ofNullable(ways.get(told)).orElse(told);
    }

    @Override
    public void close() {
        // nothing is open
    }
}
