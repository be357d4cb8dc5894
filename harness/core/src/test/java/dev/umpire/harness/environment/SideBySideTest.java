package dev.umpire.harness.environment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class SideBySideTest {

    @Test
    void resultsComeInTheOrderOfTheirNumbersWhoeverIsFirst() {
        CountDownLatch second = new CountDownLatch(Runtime.getRuntime().availableProcessors() > 1 ? 1 : 0);
        List<Long> taken = new ArrayList<>();
        SideBySide.inOrder(
                "test",
                1,
                50,
                number -> {
                    if (number == 1) {
                        second.await();
                    } else {
                        second.countDown();
                    }
                    return number;
                },
                taken::add);
        assertThat(taken).isEqualTo(LongStream.rangeClosed(1, 50).boxed().toList());
    }

    @Test
    void nothingIsHandedOverAfterTheLastThatIsWanted() {
        List<Long> taken = new ArrayList<>();
        SideBySide.inOrder("test", 1, Long.MAX_VALUE, number -> number, number -> {
            taken.add(number);
            return number < 7;
        });
        assertThat(taken).endsWith(7L).hasSize(7);
    }

    @Test
    void anExceptionOfACallIsThrownWhereItsResultWouldHaveCome() {
        List<Long> taken = new ArrayList<>();
        assertThatThrownBy(() -> SideBySide.inOrder(
                        "test",
                        1,
                        9,
                        number -> {
                            if (number == 4) {
                                throw new IOException("the fourth");
                            }
                            return number;
                        },
                        taken::add))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("the fourth");
        assertThat(taken).containsExactly(1L, 2L, 3L);
    }

    @Test
    void noCallIsUnderWayAfterwards() {
        AtomicInteger underWay = new AtomicInteger();
        CountDownLatch oneMore = new CountDownLatch(Runtime.getRuntime().availableProcessors() > 1 ? 1 : 0);
        SideBySide.inOrder(
                "test",
                1,
                Long.MAX_VALUE,
                number -> {
                    if (number == 1) {
                        oneMore.await();
                        return number;
                    }
                    underWay.incrementAndGet();
                    oneMore.countDown();
                    try {
                        new CountDownLatch(1).await();
                    } finally {
                        // what a call still does once it is told that nobody wants it
                        LockSupport.parkNanos(1_000_000);
                        underWay.decrementAndGet();
                    }
                    return number;
                },
                number -> false);
        assertThat(underWay).hasValue(0);
    }
}
