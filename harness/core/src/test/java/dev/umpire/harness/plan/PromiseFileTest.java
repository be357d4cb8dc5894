package dev.umpire.harness.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.umpire.harness.plan.Promises.KnownAnomaly;
import dev.umpire.harness.plan.Promises.Promise;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
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
                List.of("consistent-prefix", "read-after-write"),
                "real-time",
                List.of(known));
    }

    private static Plan plan(String target, Map<String, String> settings) {
        PlanBuilder plan = PlanBuilder.real(target);
        settings.forEach(plan::set);
        return plan.build();
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

        assertThat(promises.of(plan("redis", Map.of("reads", "any-follower", "wait", "1"))))
                .hasValueSatisfying(one -> assertThat(one.name()).isEqualTo("replicas"));
        assertThat(promises.of(plan("redis", Map.of("reads", "leader"))))
                .hasValueSatisfying(one -> assertThat(one.name()).isEqualTo("redis"));
        assertThat(promises.of(plan("etcd", Map.of())))
                .hasValueSatisfying(one -> assertThat(one.name()).isEqualTo("any"));
        assertThat(promises().of(plan("redis", Map.of()))).isEmpty();
    }

    @Test
    void aPromiseOfOtherWorkloadsIsNotMeantAndThatOfThisOneIsMeantBeforeThatOfAll() {
        Promises promises = Promises.none()
                .with(new Promise("all", "redis", Map.of(), List.of(), List.of("eventual"), "none", List.of()))
                .with(new Promise(
                        "claims", "redis", Map.of(), List.of("claims"), List.of("uniqueness"), "none", List.of()))
                .with(promise("register", "redis", Map.of()));

        assertThat(promises.of(plan("redis", Map.of())).orElseThrow().name()).isEqualTo("register");
        assertThat(promises.ofAnything()).isEmpty();
    }

    @Test
    void aPromiseThatIsWrittenAnewKeepsWhatPeopleKnow() {
        Promises changed = promises()
                .with(new Promise(
                        "followers",
                        "simulated",
                        Map.of(),
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
