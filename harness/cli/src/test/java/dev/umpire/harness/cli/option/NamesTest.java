package dev.umpire.harness.cli.option;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class NamesTest {
    private static final List<String> ALLOWED = List.of("read-your-writes", "monotonic-reads", "durability");

    @Test
    void anUnknownNameIsToldWithTheAllowedOnesAndTheNearest() {
        assertThatThrownBy(() -> Names.require("--guarantees", "monotonic-read", ALLOWED))
                .isInstanceOf(WrongUse.class)
                .hasMessage("--guarantees: found monotonic-read, expected one of read-your-writes, monotonic-reads,"
                        + " durability; the nearest is monotonic-reads");
    }

    @Test
    void theBeginningOfANameIsNear() {
        assertThat(Names.nearest("dura", ALLOWED)).contains("durability");
    }

    @Test
    void nothingIsNearToWhatIsMeantOtherwise() {
        assertThat(Names.nearest("xyzzy", ALLOWED)).isEmpty();
    }
}
