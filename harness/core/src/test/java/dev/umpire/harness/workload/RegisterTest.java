package dev.umpire.harness.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.umpire.harness.environment.KeyedRandom;
import dev.umpire.harness.generator.Action;
import dev.umpire.harness.generator.Context;
import dev.umpire.harness.generator.Generator;
import dev.umpire.harness.generator.Step;
import dev.umpire.harness.target.Node;
import dev.umpire.harness.target.Request;
import dev.umpire.histories.value.Value;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class RegisterTest {

    private static final Set<String> ALL = Set.of(Request.READ, Request.WRITE, Request.SNAPSHOT);

    private final Workload register = Workloads.named("register");

    @Test
    void theValuesOfWritesAreCountedFromOne() {
        List<Value> written = requests(1_000, Map.of(), ALL).stream()
                .filter(request -> request.function().equals(Request.WRITE))
                .map(Request::argument)
                .toList();

        for (int i = 0; i < written.size(); i++) {
            assertThat(written.get(i)).isEqualTo(Value.of(i + 1));
        }
    }

    @Test
    void requestsAreMixedAsTheOptionsSay() {
        Map<String, Long> counts = requests(10_000, Map.of(), ALL).stream()
                .collect(Collectors.groupingBy(Request::function, Collectors.counting()));

        assertThat(counts.get(Request.WRITE)).isBetween(4_300L, 4_700L);
        assertThat(counts.get(Request.READ)).isBetween(4_300L, 4_700L);
        assertThat(counts.get(Request.SNAPSHOT)).isBetween(900L, 1_100L);
    }

    @Test
    void fewKeysAreInUseAtATimeAndHalfOfThemAreRetiredForEver() {
        List<Request> requests = requests(1_000, Map.of("keys", "4"), ALL);

        assertThat(keys(requests)).hasSize(23);
        for (int i = 0; i + 50 <= requests.size(); i += 50) {
            int step = i / 50;
            assertThat(keys(requests.subList(i, i + 50)))
                    .isSubsetOf(Value.of("x0"), Value.of("x1"), Value.of("x" + (step + 2)), Value.of("x" + (step + 3)));
        }
    }

    @Test
    void aSnapshotReadsTwoOrThreeDifferentKeys() {
        List<Value> asked = requests(2_000, Map.of(), ALL).stream()
                .filter(request -> request.function().equals(Request.SNAPSHOT))
                .map(Request::argument)
                .toList();

        assertThat(asked)
                .allSatisfy(keys -> assertThat(((Value.Sequence) keys).elements())
                        .hasSizeBetween(2, 3)
                        .doesNotHaveDuplicates());
    }

    @Test
    void aTargetWithoutSnapshotsIsAskedForNone() {
        assertThat(requests(1_000, Map.of(), Set.of(Request.READ, Request.WRITE)))
                .noneMatch(request -> request.function().equals(Request.SNAPSHOT));
    }

    @Test
    void oneKeyIsEnough() {
        assertThat(keys(requests(50, Map.of("keys", "1"), ALL))).containsExactly(Value.of("x0"));
    }

    @Test
    void theFinalReadsAskEveryNodeForEveryKeyInOrder() {
        List<Request> reads =
                register.finalReads(List.of(Value.of("x0"), Value.of("x1")), List.of(new Node("n1"), new Node("n2")));

        assertThat(reads)
                .containsExactly(
                        Request.read(Value.of("x0")).finallyAt(new Node("n1")),
                        Request.read(Value.of("x0")).finallyAt(new Node("n2")),
                        Request.read(Value.of("x1")).finallyAt(new Node("n1")),
                        Request.read(Value.of("x1")).finallyAt(new Node("n2")));
    }

    @Test
    void whatCannotBeIsRefused() {
        refuses(Map.of("key", "3"), "option of register: found key, expected one of ");
        refuses(Map.of("keys", "many"), "keys: found many, expected a whole number from 1 to 1000000");
        refuses(Map.of("keys", "0"), "keys: found 0, expected a whole number from 1 to 1000000");
        refuses(
                Map.of("write-percent", "95", "snapshot-percent", "10"),
                "snapshot-percent: found 10, expected a whole number from 0 to 5");
        assertThatThrownBy(() -> register.generator(Map.of(), Set.of(Request.READ), new KeyedRandom(1)))
                .hasMessageStartingWith("workload: found register, which needs the function write");
        assertThatThrownBy(() -> Workloads.named("registr"))
                .hasMessageStartingWith("workload: found registr, expected register, ");
    }

    private void refuses(Map<String, String> options, String message) {
        assertThatThrownBy(() -> register.generator(options, ALL, new KeyedRandom(1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(message);
    }

    private List<Request> requests(int count, Map<String, String> options, Set<String> functions) {
        KeyedRandom random = new KeyedRandom(3);
        Context context = new Context(0, random, 1, List.of(0), List.of(new Node("n1")), true);
        Generator generator = register.generator(options, functions, random);
        List<Request> requests = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Step.Emit emit = (Step.Emit) generator.next(context);
            requests.add(((Action.Ask) emit.action()).request());
            generator = emit.rest();
        }
        return requests;
    }

    private static Set<Value> keys(List<Request> requests) {
        Set<Value> keys = new HashSet<>();
        for (Request request : requests) {
            request.key().ifPresent(keys::add);
            if (request.argument() instanceof Value.Sequence several) {
                keys.addAll(several.elements());
            }
        }
        return keys;
    }
}
