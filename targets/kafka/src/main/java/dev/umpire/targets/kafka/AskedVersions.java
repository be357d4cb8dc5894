package dev.umpire.targets.kafka;

import dev.umpire.harness.launcher.LaunchException;
import java.io.IOException;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.kafka.common.message.ApiVersionsResponseData.ApiVersion;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.requests.ApiVersionsRequest;
import org.apache.kafka.common.requests.ApiVersionsResponse;

/** The versions of what brokers are asked over a {@link Wire}, where nobody comes to an agreement with them. */
final class AskedVersions {

    private static final short VERSIONS_VERSION = 3;

    private static final Map<ApiKeys, Short> ASKED = Collections.unmodifiableMap(new TreeMap<>(Map.of(
            ApiKeys.METADATA, Standing.METADATA_VERSION,
            ApiKeys.LIST_OFFSETS, Copies.OFFSETS_VERSION,
            ApiKeys.FETCH, Copies.FETCH_VERSION,
            ApiKeys.INIT_PRODUCER_ID, ProducerIds.VERSION)));

    private AskedVersions() {}

    /** Asks a broker what it understands, which one of any version answers. */
    static ApiVersionsResponse ask(Wire wire) throws IOException {
        return wire.ask(new ApiVersionsRequest.Builder().build(VERSIONS_VERSION), ApiVersionsResponse.class);
    }

    /**
     * Refuses a broker that does not understand what it will be asked. Blocks.
     *
     * @param port of the loopback address
     * @param place where the user says that it is
     * @throws LaunchException if it does not
     */
    static void require(int port, String place) throws IOException {
        ApiVersionsResponse said;
        try (Wire wire = new Wire(port, KafkaNodes.QUESTION_MILLIS)) {
            said = ask(wire);
        }
        for (Map.Entry<ApiKeys, Short> one : ASKED.entrySet()) {
            short wanted = one.getValue();
            Optional<ApiVersion> found = Optional.ofNullable(said.apiVersion(one.getKey().id));
            if (found.filter(range -> range.minVersion() <= wanted && wanted <= range.maxVersion())
                    .isEmpty()) {
                throw new LaunchException("addresses: found at " + place + " a broker that understands "
                        + one.getKey().name + " in "
                        + found.map(range -> "versions " + range.minVersion() + " to " + range.maxVersion())
                                .orElse("no version")
                        + ", expected " + wanted + " among them, as with Kafka " + KafkaSettings.VERSION);
            }
        }
    }
}
