package dev.umpire.harness.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.umpire.harness.cli.terminal.Terminal.Style;
import dev.umpire.harness.cli.terminal.TextTable.Cell;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class TextTableTest {
    private static final TextTable TABLE = new TextTable()
            .row("eventual", "replicas agree in the end, once all is healed")
            .row("causal", "short")
            .row("prefix", "")
            .row("alone");

    private static Terminal terminal(OptionalInt outColumns) {
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8);
        return new Terminal(nowhere, nowhere, true, true, 80, outColumns);
    }

    @Test
    void theLastColumnIsPartedAtBlanksWhereTheWidthIsKnown() {
        assertThat(TABLE.linesWithin(terminal(OptionalInt.of(34))))
                .containsExactly(
                        "eventual  replicas agree in the",
                        "          end, once all is healed",
                        "causal    short",
                        "prefix",
                        "alone");
    }

    @Test
    void whereTheWidthIsNotKnownOrLeavesNoRoomOrSufficesNothingIsParted() {
        List<String> whole = TABLE.lines(terminal(OptionalInt.empty()));

        assertThat(whole).first().isEqualTo("eventual  replicas agree in the end, once all is healed");
        assertThat(TABLE.linesWithin(terminal(OptionalInt.empty()))).isEqualTo(whole);
        assertThat(TABLE.linesWithin(terminal(OptionalInt.of(29)))).isEqualTo(whole);
        assertThat(TABLE.linesWithin(terminal(OptionalInt.of(55)))).isEqualTo(whole);
        assertThat(TABLE.linesWithin(terminal(OptionalInt.of(54)))).hasSize(5);
        assertThat(new TextTable().linesWithin(terminal(OptionalInt.of(34)))).isEmpty();
    }

    @Test
    void aWordThatIsLongerStandsAloneAndEachPartHasTheStyleOfItsText() {
        TextTable table = new TextTable().row(List.of(new Cell("at https://example.org/a/long/way it is", Style.BAD)));

        assertThat(table.linesWithin(terminal(OptionalInt.of(20))))
                .containsExactly(
                        "\u001b[31;1mat\u001b[0m",
                        "\u001b[31;1mhttps://example.org/a/long/way\u001b[0m",
                        "\u001b[31;1mit is\u001b[0m");
    }
}
