package dev.umpire.harness.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.umpire.harness.target.Defect;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ListCommandTest {
    private final Command command;

    ListCommandTest(@TempDir Path folder) {
        command = Command.in(folder);
    }

    @Test
    void everythingIsListedWhereNoKindIsNamed() {
        assertThat(command.run("list").out())
                .contains("targets", "workloads", "nemeses", "guarantees", "defects")
                .contains("simulated", "register", "partition", "read-your-writes", "SL1", "sl-any");
    }

    @Test
    void theJsonIsOneObjectOnOneLine() {
        Command.Answered answered = command.run("list", "--json");

        assertThat(answered.out().lines()).hasSize(1);
        JsonNode json = JsonMapper.shared().readTree(answered.out());
        assertThat(json.propertyNames()).containsExactly("targets", "workloads", "nemeses", "guarantees", "defects");
        assertThat(json.at("/defects/0/id").stringValue()).isEqualTo("SL1");
    }

    @Test
    void theJsonOfTargetsHasALineForEachWithWhatItsConfigurationsPromise() {
        Command.Answered answered = command.run("list", "targets", "--json");

        assertThat(answered.out().lines()).hasSize(1);
        JsonNode json = JsonMapper.shared().readTree(answered.out());
        assertThat(json.at("/name").stringValue()).isEqualTo("simulated");
        assertThat(json.at("/configurations/0/name").stringValue()).isEqualTo("sl-any");
        assertThat(json.at("/configurations/0/promise/0").stringValue()).isEqualTo("consistent-prefix");
        assertThat(json.at("/configurations/0/faults/0").stringValue()).isEqualTo("partition");
    }

    @Test
    void targetsAreListedByName() {
        command.with(new StoreInTests(), StoreInTests.named("real"));

        assertThat(command.run("list", "targets", "real").out().lines().skip(1))
                .isNotEmpty()
                .allMatch(line -> line.startsWith("  real  "));
        assertThat(command.run("list", "targets", "real", "--json").out().lines())
                .singleElement()
                .asString()
                .startsWith("{\"name\":\"real\",");
        assertThat(command.run("list", "targets", "simulated", "real").out())
                .isEqualTo(command.run("list", "targets").out());
    }

    @Test
    void anUnknownTargetIsToldWhichThereAre() {
        Command.Answered answered = command.run("list", "targets", "simulated", "simulatd");

        assertThat(answered.code()).isEqualTo(2);
        assertThat(answered.err())
                .startsWith("umpire list: NAME: found simulatd, expected simulated; the nearest is simulated");
        assertThat(command.run("list", "defects", "SL1").err())
                .contains("NAME: found SL1 behind defects, expected none: targets alone are listed by name");
    }

    @Test
    void oneKindAloneIsListed() {
        assertThat(command.run("list", "defects").out()).contains("SL1").doesNotContain("partition");
    }

    @Test
    void aDefectIsListedWithWhatItBreaksWhatItKeepsAndItsSource() {
        command.with(StoreInTests.with(
                defect("D1", List.of("read-your-writes"), List.of("eventual", "durability")),
                defect("D2", List.of("eventual"), List.of())));

        assertThat(command.run("list", "defects").out().lines())
                .containsExactly(
                        "defects",
                        "  D1  simulated  sl-any  forgets; breaks read-your-writes; keeps eventual, durability;"
                                + " source: a book",
                        "  D2  simulated  sl-any  forgets; breaks eventual; keeps nothing for certain; source: a book");
        assertThat(command.run("list", "defects", "--json").out().strip())
                .startsWith("{\"defects\":[{\"id\":\"D1\",\"target\":\"simulated\",\"configuration\":\"sl-any\","
                        + "\"meaning\":\"forgets\",\"breaks\":[\"read-your-writes\"],"
                        + "\"keeps\":[\"eventual\",\"durability\"],\"source\":\"a book\"},")
                .contains("\"keeps\":[],");
    }

    private static Defect defect(String id, List<String> breaks, List<String> keeps) {
        return new Defect(id, "sl-any", "forgets", "a book", breaks, keeps, Defect.Trial.USUAL);
    }

    @Test
    void anUnknownKindIsToldTheNearest() {
        Command.Answered answered = command.run("list", "defect");

        assertThat(answered.code()).isEqualTo(2);
        assertThat(answered.err()).contains("the nearest is defects");
    }

    @Test
    void theSchemaIsADocumentOfItsOwn() {
        Command.Answered answered = command.run("list", "schema");

        assertThat(answered.code()).isZero();
        assertThat(answered.out()).startsWith("{").contains("\"$schema\"", "\"LADDER\"");
    }
}
