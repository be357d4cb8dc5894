package dev.umpire.harness.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the tour says of itself. */
class LearnCommandTest {
    private final Command command;

    LearnCommandTest(@TempDir Path folder) {
        command = Command.in(folder);
    }

    @Test
    void theBookOfTheFiguresIsNamed() {
        Command.Answered answered = command.run("learn");

        assertThat(answered.code()).isZero();
        assertThat(answered.out())
                .contains("Designing Data-Intensive Applications", "5-5", "./umpire run simulated --defect PL1");
    }

    @Test
    void whatCannotBeLearntIsToldOnce() {
        assertThat(command.run("learn", "cricket").err())
                .startsWith("umpire learn: WHAT: found cricket, expected one of tour, baseball");
        assertThat(command.run("list", "umpires").err())
                .startsWith("umpire list: KIND: found umpires, expected one of ");
    }
}
