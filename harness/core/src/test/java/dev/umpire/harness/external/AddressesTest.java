package dev.umpire.harness.external;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.umpire.harness.target.FaultKind;
import dev.umpire.harness.target.Setting;
import dev.umpire.harness.target.Settings;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressesTest {

    private static final List<Setting> ALL =
            ExternalSettings.all(List.of(), List.of(), List.of(ExternalSettings.prefix("umpire:")), true);

    private static Settings settings(String... given) {
        Map<String, String> values = new HashMap<>();
        ALL.forEach(setting -> values.put(setting.name(), setting.byDefault()));
        values.put("launcher", "external");
        values.put("addresses", "db1:7001,db2:7001,[::1]:7001");
        for (String one : given) {
            String[] parts = one.split("=", 2);
            values.put(parts[0], parts[1]);
        }
        return new Settings(values);
    }

    @Test
    void anAddressIsAHostAndAPort() {
        assertThat(Addresses.of("db1:7001")).isEqualTo(new Addresses.Address("db1", 7001));
        assertThat(Addresses.of("[::1]:65535")).isEqualTo(new Addresses.Address("::1", 65_535));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"db1", ":7001", "db1:", "db1:0", "db1:65536", "db1:70000000000", "::1:7001", "db 1:7", "db1:7x"})
    void whatIsNoAddressIsRefused(String text) {
        assertThatThrownBy(() -> Addresses.of(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("addresses: found " + text
                        + ", expected host:port, as in db1:7001 or [::1]:7001, the port 1 to 65535");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "addresses= | addresses: found none, expected one for each node, as in --set"
                        + " addresses=10.0.0.1:7001,10.0.0.2:7001",
                "addresses=a:1,,b:2 | addresses: found an empty one in a:1,,b:2, expected none",
                "addresses=a:1,b:2,a:1 | addresses: found one twice in a:1,b:2,a:1, expected each once",
                "addresses=a:1,b:2 | addresses: found 2, expected 3, one for each node (or --nodes 2)",
                "prefix= | prefix: found none, expected a letter, and then letters, digits, or _ . : / -",
                "prefix=* | prefix: found *, expected a letter, and then letters, digits, or _ . : / -",
                "order.crash=kill | order.restart: found none, expected a command, as there is order.crash",
                "order.cut=cut | order.mend: found none, expected a command, as there is order.cut"
            })
    void whatCannotBeIsRefusedBeforeAnythingIsTouched(String setting, String message) {
        assertThatThrownBy(() -> ExternalSettings.requirePossible(settings(setting), 3))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
        ExternalSettings.requirePossible(settings(), 3);
        ExternalSettings.requirePossible(settings(setting, "launcher=process"), 3);
    }

    @Test
    void onlyClientsAreStruckUnlessThereAreOrders() {
        assertThat(ExternalSettings.faults(settings())).containsExactly(FaultKind.CLIENT_CUT, FaultKind.CLIENT_SLOW);
        assertThat(ExternalSettings.faults(settings("order.crash=a", "order.restart=b")))
                .containsExactlyInAnyOrder(FaultKind.CRASH, FaultKind.CLIENT_CUT, FaultKind.CLIENT_SLOW);
        // who leads the store itself tells
        assertThat(ExternalSettings.faults(settings("order.failover=a", "order.restart=b")))
                .contains(FaultKind.FAILOVER);
    }
}
