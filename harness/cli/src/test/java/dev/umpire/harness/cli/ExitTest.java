package dev.umpire.harness.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ExitTest {

    @Test
    void brokenOutranksFailedOutranksUndecidedOutranksHeldInEitherOrder() {
        Exit[] fromWeakest = {Exit.HELD, Exit.UNDECIDED, Exit.FAILED, Exit.BROKEN};
        for (int weak = 0; weak < fromWeakest.length; weak++) {
            for (int strong = weak; strong < fromWeakest.length; strong++) {
                assertThat(fromWeakest[weak].and(fromWeakest[strong])).isEqualTo(fromWeakest[strong]);
                assertThat(fromWeakest[strong].and(fromWeakest[weak])).isEqualTo(fromWeakest[strong]);
            }
        }
    }

    @Test
    void theCodesAreThoseOfTheContract() {
        assertThat(new int[] {Exit.HELD.code(), Exit.BROKEN.code(), Exit.FAILED.code(), Exit.UNDECIDED.code()})
                .containsExactly(0, 1, 2, 3);
    }
}
