package dev.umpire.harness.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LintCommandTest {
    private final Command command;

    LintCommandTest(@TempDir Path folder) {
        command = Command.in(folder).file("sound.edn", """
                        {:type :invoke, :process 0, :f :write, :key "x", :value 1, :node "n1"}
                        {:type :ok, :process 0, :f :write, :key "x", :value 1, :node "n1"}
                        {:type :invoke, :process 0, :f :read, :key "x", :value nil, :node "n2"}
                        {:type :ok, :process 0, :f :read, :key "x", :value 1, :node "n2"}
                        """).file("failed.edn", """
                        {:type :invoke, :process 0, :f :write, :key "x", :value 1, :node "n1"}
                        {:type :fail, :process 0, :f :write, :key "x", :value 1, :error :timeout, :node "n1"}
                        {:type :invoke, :process 0, :f :read, :key "x", :value nil, :node "n2"}
                        {:type :ok, :process 0, :f :read, :key "x", :value 1, :node "n2"}
                        """);
    }

    @Test
    void aSoundRecordingIsZero() {
        Command.Answered answered = command.run("lint", "sound.edn");
        assertThat(answered.code()).isZero();
        assertThat(answered.out()).endsWith("sound.edn: nothing found in 2 operations\n");
    }

    @Test
    void aFindingIsOneWithItsEventItsReasonAndItsCure() {
        Command.Answered answered = command.run("lint", "failed.edn");
        assertThat(answered.code()).isEqualTo(1);
        assertThat(answered.out()).endsWith("""
                failed.edn: 1 finding in 2 operations

                failed writes whose value is read: 1
                  first    session 0 wrote x=1 at n1 (event 0 to event 1, failed), and session 0 read it (event 2)
                  why      a write that may have taken effect is no failure: checkers drop failed operations, and every read of its value then looks like a read of aborted data
                  mend     record fail only where the store certainly did nothing; a timeout, a lost connection and an unclear error are info
                """);
    }

    @Test
    void aFileThatIsNotThereIsTwo() {
        Command.Answered answered = command.run("lint", "nowhere.edn");
        assertThat(answered.code()).isEqualTo(2);
        assertThat(answered.err()).contains("nowhere.edn: found no such file, expected a history");
    }

    @Test
    void checkTellsTheFindingsInOneLine() {
        assertThat(command.run("check", "failed.edn").out())
                .contains("lint       failed writes whose value is read (1); 'umpire lint' says more");
        assertThat(command.run("check", "sound.edn").out()).doesNotContain("lint");
    }
}
