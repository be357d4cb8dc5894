package dev.umpire.harness.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;

class LogTailTest {

    @Test
    void theTimeOfWordsIsThatOfTheirLine() {
        assertThat(LogTail.timeOf("version -7", """
                2026-01-31T23:59:58.001 INFO begins
                2026-01-31T23:59:59.002 WARN refused version -7
                2026-01-31T23:59:59.003 WARN refused version -8
                """)).contains(local("2026-01-31T23:59:59.002"));
        assertThat(LogTail.timeOf("that", "[2026-01-31 23:59:59,999] INFO that"))
                .contains(local("2026-01-31T23:59:59.999"));
    }

    @Test
    void theTimeOfALineThatBeginsWithoutOneIsThatOfTheLineBefore() {
        assertThat(LogTail.timeOf("Read 7", """
                2026-02-01 00:00:00,000 ERROR [Messaging] Failed to process
                an exception: Read 7, and not what was expected
                """)).contains(local("2026-02-01T00:00:00.000"));
    }

    @Test
    void wordsBeforeWhichNoTimeStandsHaveNone() {
        assertThat(LogTail.timeOf("Read 7", "Read 7\n2026-02-01 00:00:00,000 later"))
                .isEmpty();
    }

    private static Instant local(String time) {
        return LocalDateTime.parse(time).atZone(ZoneId.systemDefault()).toInstant();
    }
}
