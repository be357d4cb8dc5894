package dev.umpire.harness.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SafeTextTest {

    @Test
    void whatATerminalWouldObeyIsSpeltOut() {
        assertThat(SafeText.visible("\u001b[31mred\u0007\r\n\u009b0m"))
                .isEqualTo("\\u001b[31mred\\u0007\\r\\n\\u009b0m");
    }

    @Test
    void marksThatTurnTheDirectionOfReadingAreSpeltOut() {
        assertThat(SafeText.visible("a\u202eb\u2066c\u200fd")).isEqualTo("a\\u202eb\\u2066c\\u200fd");
    }

    @Test
    void halvesOfPairsAreSpeltOutAndWholePairsStay() {
        assertThat(SafeText.visible("\ud83d\ude00 \ud800")).isEqualTo("\ud83d\ude00 \\ud800");
    }

    @Test
    void ordinaryTextStaysAsItIs() {
        assertThat(SafeText.visible("x → ÿ 漢字 \"'<>")).isEqualTo("x → ÿ 漢字 \"'<>");
    }

    @Test
    void longTextIsCutAndItsLengthTold() {
        assertThat(SafeText.clipped("y".repeat(1_000_000))).isEqualTo("y".repeat(80) + "… (1,000,000 characters)");
    }
}
