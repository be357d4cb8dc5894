package dev.umpire.checkers.linearizable;

import dev.umpire.checkers.verdict.CheckOptions;
import dev.umpire.histories.History;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How long each recorded history takes, to be started by hand: the folder {@code porcupine}, how many rounds. */
final class RecordedHistoriesTiming {
    private RecordedHistoriesTiming() {}

    public static void main(String[] arguments) throws IOException {
        Path folder = Path.of(arguments[0]);
        int rounds = Integer.parseInt(arguments[1]);
        List<String> lines = Files.readAllLines(folder.resolve("verdicts.tsv"));
        Map<String, History> histories = new LinkedHashMap<>();
        for (String line : lines.subList(1, lines.size())) {
            histories.put(line, History.read(folder.resolve(line.split("\t", -1)[0])));
        }
        for (int round = 1; round <= rounds; round++) {
            long etcdNanos = 0;
            for (Map.Entry<String, History> entry : histories.entrySet()) {
                boolean etcd = entry.getKey().startsWith("jepsen/");
                long start = System.nanoTime();
                var verdict = Linearizable.check(entry.getValue(), CheckOptions.DEFAULT);
                long nanos = System.nanoTime() - start;
                etcdNanos += etcd ? nanos : 0;
                if (round == rounds || !etcd) {
                    System.out.printf("%8.3f ms  %s  %s%n", nanos / 1e6, verdict.answer(), entry.getKey());
                }
            }
            System.out.printf("round %d: all etcd logs %.1f ms%n", round, etcdNanos / 1e6);
        }
    }
}
