package dev.umpire.targets.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.umpire.harness.target.FaultKind;
import dev.umpire.harness.target.Settings;
import dev.umpire.harness.target.SettingsResolver;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CommandSettingsTest {
    private final CommandTarget target = new CommandTarget();

    private Settings settings(String... more) {
        Map<String, String> given = new HashMap<>(Map.of("client", "mine", "addresses", "a:1,b:2,c:3"));
        for (String one : more) {
            String[] parts = one.split("=", 2);
            given.put(parts[0], parts[1]);
        }
        return SettingsResolver.resolve(target, given);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "client= | client: found none, expected a command, as in --set client='python3 client.py'",
                "addresses= | addresses: found none, expected one for each node, as in --set"
                        + " addresses=10.0.0.1:7001,10.0.0.2:7001",
                "addresses=a:1,,b:2 | addresses: found an empty one in a:1,,b:2, expected none",
                "addresses=a:1,b:2,a:1 | addresses: found one twice in a:1,b:2,a:1, expected each once",
                "addresses=a:1,b:2 | addresses: found 2, expected 3, one for each node (or --nodes 2)",
                "functions=read,transfer | functions: found transfer, expected some of read, write, snapshot, cas,"
                        + " append, add, increment, send, poll",
                "functions= | functions: found none, expected some of read, write, snapshot, cas, append, add,"
                        + " increment, send, poll",
                "settle-ms=soon | settle-ms: found soon, expected a whole number",
                "settle-ms=-1 | settle-ms: found -1, expected 0 or more",
                "order.crash=kill | order.restart: found none, expected a command, as there is order.crash",
                "order.pause=stop | order.resume: found none, expected a command, as there is order.pause",
                "order.cut=cut | order.mend: found none, expected a command, as there is order.cut",
                "order.failover=promote | order.restart: found none, expected a command, as there is order.failover"
            })
    void whatCannotBeIsRefusedBeforeAnythingIsStarted(String setting, String message) {
        assertThatThrownBy(() -> target.requirePossible(settings(setting), 3))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    @Test
    void onlyTheFaultsCanBeHadForWhichAllCommandsAreGiven() {
        assertThat(target.faults(settings())).isEmpty();
        assertThat(target.faults(settings("order.crash=a", "order.restart=b"))).containsExactly(FaultKind.CRASH);
        assertThat(target.faults(settings("order.pause=a", "order.resume=b"))).containsExactly(FaultKind.PAUSE);
        assertThat(target.faults(settings("order.cut=a", "order.mend=b", "order.delivers=c")))
                .containsExactly(FaultKind.PARTITION);
        assertThat(target.faults(settings("order.failover=a", "order.restart=b", "order.leader=c")))
                .containsExactly(FaultKind.FAILOVER);
    }

    @Test
    void theTargetIsDescribedByItsCommandAndAddresses() {
        assertThat(target.describe(settings())).isEqualTo("mine · a:1,b:2,c:3");
        assertThat(target.functions(settings("functions=read,write,cas"))).containsExactly("read", "write", "cas");
        assertThat(target.simulated()).isFalse();
        assertThat(target.configurations()).isEmpty();
        assertThat(target.defects()).isEmpty();
    }
}
