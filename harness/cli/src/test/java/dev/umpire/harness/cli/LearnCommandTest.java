package dev.umpire.harness.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.umpire.harness.plan.Plan;
import dev.umpire.harness.run.RunException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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
    void aFigureIsToldAndItsCommandObeyedAsItIsTyped() {
        List<Plan> plans = new ArrayList<>();
        command.with((plan, target, listener, folder) -> {
            plans.add(plan);
            throw new RunException("far enough");
        });

        Command.Answered learnt = command.run("learn", "5-3");
        String typed = LearnCommand.LESSONS.get(0).typed();
        Command.Answered run = command.run(typed.substring("./umpire ".length()).split(" "));

        assertThat(learnt.out())
                .startsWith("figure     5-3: one edits a profile, reloads, and the edit is gone\n"
                        + "breaks     read-your-writes\ncommand    " + typed + "\n\n")
                .endsWith(run.out());
        assertThat(learnt.err()).isEqualTo(run.err()).contains("far enough");
        assertThat(learnt.code()).isEqualTo(run.code());
        assertThat(plans).hasSize(2).containsOnly(plans.get(0));
    }

    @Test
    void whatCannotBeLearntIsToldOnce() {
        assertThat(command.run("learn", "cricket").err())
                .startsWith(
                        "umpire learn: WHAT: found cricket, expected one of tour, baseball, 5-3, 5-4, 5-5, 5-9, 5-12,"
                                + " 5-13\n");
        assertThat(command.run("learn", "5-6").code()).isEqualTo(2);
        assertThat(command.run("list", "umpires").err())
                .startsWith("umpire list: KIND: found umpires, expected one of ");
    }
}
