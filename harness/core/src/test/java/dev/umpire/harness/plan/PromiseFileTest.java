package dev.umpire.harness.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.umpire.harness.plan.Promises.KnownAnomaly;
import dev.umpire.harness.plan.Promises.Promise;
import dev.umpire.harness.target.FaultKind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PromiseFileTest {
    private static final LocalDate DAY = LocalDate.of(2027, 1, 31);
    private static final String JSON = """
            {
              "version" : 1,
              "promises" : [ {
                "name" : "followers",
                "target" : "simulated",
                "settings" : {
                  "reads" : "any-follower"
                },
                "workloads" : [ "register" ],
                "faults" : [ "crash", "partition" ],
                "guarantees" : [ "consistent-prefix", "read-your-writes" ],
                "writeOrder" : "real-time",
                "known" : [ {
                  "guarantee" : "read-your-writes",
                  "reason" : "issue 17",
                  "until" : "2027-01-31"
                } ]
              } ]
            }
            """;

    private static Promise promise(String name, String target, Map<String, String> settings, KnownAnomaly... known) {
        return new Promise(
                name,
                target,
                settings,
                List.of("register"),
                List.of("crash", "partition"),
                List.of("consistent-prefix", "read-after-write"),
                "real-time",
                List.of(known));
    }

    private static Plan plan(String target, Map<String, String> settings) {
        PlanBuilder plan = PlanBuilder.real(target);
        settings.forEach(plan::set);
        return plan.build();
    }

    private static Optional<Promise> of(Promises promises, Plan plan) {
        return promises.of(plan, Set.of(), List.of());
    }

    private static Promises promises() {
        return Promises.none()
                .with(promise(
                        "followers",
                        "simulated",
                        Map.of("reads", "any-follower"),
                        new KnownAnomaly("read-after-write", "issue 17", DAY)));
    }

    @Test
    void theFileIsTheRecordWithTheOneNameOfEachGuarantee(@TempDir Path folder) throws Exception {
        assertThat(PromiseFile.toJson(promises())).isEqualToNormalizingNewlines(JSON);
        Path file = folder.resolve("umpire.promise.json");
        PromiseFile.write(file, Promises.none());
        PromiseFile.write(file, promises());
        assertThat(PromiseFile.read(file)).isEqualTo(promises());
        try (var inside = Files.list(folder)) {
            assertThat(inside).containsExactly(file);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"consistent-prefix\", \"read-your-writes\"|\"consistent-prefiks\"|consistent-prefiks",
                "\"consistent-prefix\", \"read-your-writes\"||guarantees: found none in followers, expected one or more",
                "real-time|wall-clock|writeOrder: found wall-clock, expected one of",
                "\"crash\", \"partition\"|\"crash\", \"partitions\"|faults: found [crash, partitions], expected names"
                        + " among [crash,",
                "\"crash\", \"partition\"|\"none\", \"crash\"|faults: found [none, crash], expected",
                "2027-01-31|soon|promises[0].known[0].until",
                "issue 17|  |reason: found none for read-your-writes",
                "\"version\" : 1|\"version\" : 2|version: found 2, expected 1",
                "\"settings\" :|\"colour\" : \"x\", \"settings\" :|colour: found a field that a promise does not have, expected one of",
            })
    void whatIsWrongIsToldWithItsPlace(String right, String wrong, String told) {
        String json = JSON.replace(right, wrong == null ? "" : wrong);

        assertThatThrownBy(() -> PromiseFile.parse("p.json", json))
                .isInstanceOf(MalformedPlanException.class)
                .hasMessageStartingWith("p.json:")
                .hasMessageContaining(told)
                .hasMessageNotContaining("\n");
    }

    @Test
    void twoPromisesOfOneNameAreRefused() {
        List<Promise> twice = List.of(promise("one", "any", Map.of()), promise("one", "redis", Map.of()));

        assertThatThrownBy(() -> new Promises(Promises.VERSION, twice)).hasMessageContaining("the name one twice");
    }

    @Test
    void whatIsKnownIsBorneUntilTheEndOfItsDay() {
        Promise promise = promises().promises().get(0);

        assertThat(promise.judged()).containsExactly("consistent-prefix", "read-your-writes");
        assertThat(promise.required(DAY)).containsExactly("consistent-prefix");
        assertThat(promise.required(DAY.plusDays(1))).containsExactly("consistent-prefix", "read-your-writes");
    }

    @Test
    void thePromiseWithTheMostSettingsIsMeant() {
        Promises promises = Promises.none()
                .with(promise("any", Promises.ANY_TARGET, Map.of()))
                .with(promise("redis", "redis", Map.of()))
                .with(promise("replicas", "redis", Map.of("reads", "any-follower")));

        assertThat(of(promises, plan("redis", Map.of("reads", "any-follower", "wait", "1"))))
                .hasValueSatisfying(one -> assertThat(one.name()).isEqualTo("replicas"));
        assertThat(of(promises, plan("redis", Map.of("reads", "leader"))))
                .hasValueSatisfying(one -> assertThat(one.name()).isEqualTo("redis"));
        assertThat(of(promises, plan("etcd", Map.of())))
                .hasValueSatisfying(one -> assertThat(one.name()).isEqualTo("any"));
        assertThat(of(promises(), plan("redis", Map.of()))).isEmpty();
    }

    @Test
    void aPromiseOfOtherWorkloadsIsNotMeantAndThatOfThisOneIsMeantBeforeThatOfAll() {
        Promises promises = Promises.none()
                .with(new Promise(
                        "all", "redis", Map.of(), List.of(), List.of(), List.of("eventual"), "none", List.of()))
                .with(new Promise(
                        "claims",
                        "redis",
                        Map.of(),
                        List.of("claims"),
                        List.of(),
                        List.of("uniqueness"),
                        "none",
                        List.of()))
                .with(promise("register", "redis", Map.of()));

        assertThat(of(promises, plan("redis", Map.of())).orElseThrow().name()).isEqualTo("register");
        assertThat(promises.ofAnything()).isEmpty();
    }

    private static Optional<String> meant(Promises promises, FaultKind... strikes) {
        return promises.of(plan("redis", Map.of()), Set.of(strikes), List.of()).map(Promise::name);
    }

    private static Promise under(String name, List<String> faults) {
        return new Promise(name, "any", Map.of(), List.of(), faults, List.of("eventual"), "none", List.of());
    }

    @Test
    void aPromiseIsMeantUnderTheFaultsThatItNamesAlone() {
        Promises promises = Promises.none().with(under("struck", List.of("crash", "pause")));

        assertThat(meant(promises)).contains("struck");
        assertThat(meant(promises, FaultKind.CRASH, FaultKind.CLIENT_CUT)).contains("struck");
        assertThat(meant(promises, FaultKind.CRASH, FaultKind.FAILOVER)).isEmpty();
        assertThat(meant(Promises.none().with(under("calm", Promises.NO_FAULT)), FaultKind.CRASH))
                .isEmpty();
        assertThat(meant(Promises.none().with(under("calm", Promises.NO_FAULT)), FaultKind.CLIENT_SLOW))
                .contains("calm");
        assertThat(meant(promises.with(under("any", List.of())), FaultKind.FAILOVER))
                .contains("any");
        assertThat(promises.ofAnything()).isEmpty();
    }

    @Test
    void aPromiseOfAConfigurationIsMeantForNoStoreThatIsOtherwise() {
        Plan plan = plan("redis", Map.of("configuration", "primary-reads", "persistence", "none", "home", "/redis"));
        List<String> departures = List.of("persistence=none");
        Promise documented = promise("documented", "redis", Map.of("configuration", "primary-reads"));
        Promise otherwise =
                promise("otherwise", "redis", Map.of("configuration", "primary-reads", "persistence", "none"));
        Promise ofNone = promise("any", "redis", Map.of());

        assertThat(Promises.none().with(documented).of(plan, Set.of(), departures))
                .isEmpty();
        assertThat(Promises.none().with(documented).of(plan, Set.of(), List.of()))
                .contains(documented);
        assertThat(Promises.none().with(documented).with(otherwise).of(plan, Set.of(), departures))
                .contains(otherwise);
        assertThat(Promises.none().with(documented).with(ofNone).of(plan, Set.of(), departures))
                .contains(ofNone);
    }

    @Test
    void aPromiseThatIsWrittenAnewKeepsWhatPeopleKnow() {
        Promises changed = promises()
                .with(new Promise(
                        "followers",
                        "simulated",
                        Map.of(),
                        List.of(),
                        List.of(),
                        List.of("monotonic-prefix"),
                        "session",
                        List.of()));

        assertThat(changed.promises()).hasSize(1);
        assertThat(changed.promises().get(0).guarantees()).containsExactly("monotonic-prefix");
        assertThat(changed.promises().get(0).known())
                .isEqualTo(promises().promises().get(0).known());
    }
}
