package dev.umpire.harness.cli.option;

import static org.assertj.core.api.Assertions.assertThat;

import dev.umpire.histories.value.Value;
import java.math.BigInteger;
import org.junit.jupiter.api.Test;

class InitialValueTest {

    @Test
    void numbersTruthsKeywordsAndNilAreWhatTheyLookLike() {
        assertThat(InitialValue.parse("0")).isEqualTo(Value.of(0));
        assertThat(InitialValue.parse("-7")).isEqualTo(Value.of(-7));
        assertThat(InitialValue.parse("1.5")).isEqualTo(new Value.Real(1.5));
        assertThat(InitialValue.parse("true")).isEqualTo(Value.of(true));
        assertThat(InitialValue.parse("nil")).isEqualTo(Value.NIL);
        assertThat(InitialValue.parse(":empty")).isEqualTo(Value.keyword("empty"));
        assertThat(InitialValue.parse("99999999999999999999"))
                .isEqualTo(new Value.BigInt(new BigInteger("99999999999999999999")));
    }

    @Test
    void anythingElseIsTextAndQuotesMakeTextOfAnything() {
        assertThat(InitialValue.parse("empty")).isEqualTo(Value.of("empty"));
        assertThat(InitialValue.parse("\"0\"")).isEqualTo(Value.of("0"));
        assertThat(InitialValue.parse("")).isEqualTo(Value.of(""));
    }
}
