package dev.umpire.harness.cli.option;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

class SpanTest {

    @ParameterizedTest
    @CsvSource({"30s,30000", "500ms,500", "2m,120000", "1.5s,1500", "1h,3600000", "0s,0"})
    void aDurationIsANumberWithItsUnit(String typed, long millis) {
        assertThat(new Span().convert(typed)).isEqualTo(Duration.ofMillis(millis));
    }

    @ParameterizedTest
    @ValueSource(strings = {"30", "s", "-1s", "1d", "999999999999h", ""})
    void anythingElseIsRefusedWithAnExample(String typed) {
        assertThatThrownBy(() -> new Span().convert(typed))
                .isInstanceOf(TypeConversionException.class)
                .hasMessageContaining("found " + typed)
                .hasMessageContaining("expected a duration such as 500ms, 30s, 2m");
    }

    @Test
    void aRangeGoesFromTheShorterToTheLonger() {
        assertThat(new Span.RangeConverter().convert("2s..5s")).isEqualTo(new Span.Range(2_000, 5_000));
        assertThat(new Span.RangeConverter().convert("2s").typed()).isEqualTo("2s");
        assertThatThrownBy(() -> new Span.RangeConverter().convert("5s..2s"))
                .isInstanceOf(TypeConversionException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"500ms", "30s", "2m"})
    void whatIsTypedForMillisecondsIsReadAsTheSame(String typed) {
        assertThat(Span.typed(new Span().convert(typed).toMillis())).isEqualTo(typed);
    }
}
