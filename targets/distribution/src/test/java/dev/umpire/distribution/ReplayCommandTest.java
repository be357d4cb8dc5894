package dev.umpire.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code umpire replay} as a user has it. */
class ReplayCommandTest {
    @TempDir
    Path folder;

    private Path ran() throws Exception {
        UmpireHere.run(folder, "run", "--ops", "100");
        return folder.resolve("runs/latest").toRealPath();
    }

    private UmpireProcess.Ended replayed(Path run, String... options) throws Exception {
        List<String> words = new ArrayList<>(List.of("replay", run.toString()));
        words.addAll(List.of(options));
        return UmpireHere.run(folder, words.toArray(String[]::new));
    }

    @Test
    void allThatARunLeftIsComparedByteForByte() throws Exception {
        Path run = ran();
        UmpireProcess.Ended same = replayed(run);
        assertThat(same.code()).as(same.out() + same.err()).isZero();
        assertThat(same.out())
                .contains("✓ same     history.jsonl", "✓ same     nemesis.jsonl", "✓ same     nodes/n1.log");

        assertThat(folder.resolve("runs/latest").toRealPath())
                .isNotEqualTo(run)
                .isDirectoryContaining(file -> file.endsWith("verdict.json"))
                .isDirectoryContaining(file -> file.endsWith("report.html"));

        Path faults = run.resolve("nemesis.jsonl");
        Files.writeString(faults, Files.readString(faults).stripTrailing());
        UmpireProcess.Ended differs = replayed(run);
        assertThat(differs.code()).as(differs.out()).isEqualTo(1);
        assertThat(differs.out()).contains("✓ same     history.jsonl", "✗ differs  nemesis.jsonl:");
    }

    @Test
    void bothRunsThatAreComparedAreNamed() throws Exception {
        Path run = ran();
        UmpireProcess.Ended twice = replayed(run, "--twice");

        assertThat(twice.code()).as(twice.out() + twice.err()).isZero();
        List<Path> made;
        try (Stream<Path> runs = Files.list(folder.resolve("runs"))) {
            made = runs.filter(one ->
                            !Files.isSymbolicLink(one) && !one.getFileName().equals(run.getFileName()))
                    .toList();
        }
        assertThat(made).hasSize(2).allSatisfy(one -> assertThat(twice.out()).contains("runs/" + one.getFileName()));
    }
}
