package dev.umpire.checkers.integrity;

import dev.umpire.checkers.register.Register;
import dev.umpire.checkers.register.ReportedVersions;
import dev.umpire.checkers.verdict.Anomalies;
import dev.umpire.checkers.verdict.Anomaly;
import dev.umpire.checkers.verdict.WriteOrder;
import dev.umpire.checkers.words.Words;
import dev.umpire.histories.History;
import dev.umpire.histories.Outcome;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;

/** What is wrong with the versions and positions that a store reported for one key. */
final class ReportFaults {
    private final Register register;
    private final History history;
    private final Words words;
    private final Anomalies anomalies;

    ReportFaults(Register register, Words words, Anomalies anomalies) {
        this.register = register;
        this.words = words;
        this.anomalies = anomalies;
        history = register.history();
    }

    void collect(WriteOrder order) {
        divergentVersions();
        if (order == WriteOrder.REAL_TIME) {
            BitSet told = new BitSet();
            long[] versions = register.isAmbiguous() ? ownVersions() : ReportedVersions.versions(register);
            againstTime("version", versions, told);
            againstTime("position", ReportedVersions.positions(register), told);
        }
    }

    private long[] ownVersions() {
        long[] version = new long[register.writeCount()];
        for (int w = 0; w < version.length; w++) {
            version[w] = register.version(register.accessOfWrite(w));
        }
        return version;
    }

    /** One anomaly for each version with two values, and for each value with two versions. */
    private void divergentVersions() {
        Map<Long, Integer> accessOfVersion = new HashMap<>();
        Map<Integer, Integer> accessOfValue = new HashMap<>();
        Set<Long> toldVersions = new TreeSet<>();
        Set<Integer> toldValues = new TreeSet<>();
        for (int a = 0; a < register.size(); a++) {
            long version = register.version(a);
            boolean faultyList = register.isList() && register.writeOf(a) < 0 && !register.isGoodRead(a);
            if (version == History.ABSENT || faultyList || register.outcome(a) == Outcome.FAIL) {
                continue;
            }
            int value = valueOf(a);
            Integer sameVersion = accessOfVersion.putIfAbsent(version, a);
            if (sameVersion != null && valueOf(sameVersion) != value && toldVersions.add(version)) {
                divergent(sameVersion, a, "one version of " + words.key(register.key()) + " has two values");
            }
            if (!register.isAmbiguous()) {
                Integer sameValue = accessOfValue.putIfAbsent(value, a);
                if (sameValue != null && register.version(sameValue) != version && toldValues.add(value)) {
                    divergent(sameValue, a, "one value of " + words.key(register.key()) + " has two versions");
                }
            }
        }
    }

    /** What the version belongs to: a value; of a list, the append that stands last in it. */
    private int valueOf(int access) {
        if (register.isList()) {
            return register.writeOf(access) >= 0 ? register.writeOf(access) : register.source(access);
        }
        return register.writeOf(access) >= 0 ? register.written(access) : register.read(access);
    }

    private void divergent(int one, int other, String why) {
        int a = register.operation(one);
        int b = register.operation(other);
        add(
                "DIVERGENT_VERSION",
                a,
                b,
                () -> told(one) + " at version " + history.version(a) + ", " + told(other) + " at version "
                        + history.version(b) + ": " + why);
    }

    private String told(int access) {
        int operation = register.operation(access);
        return register.writeOf(access) >= 0 ? words.wrote(operation, register.key()) : words.read(register, access);
    }

    /** One anomaly for each write that has a smaller number than one that was acknowledged before its invocation. */
    private void againstTime(String kind, long[] number, BitSet told) {
        int[] completed = register.acknowledgedByCompletion();
        int at = 0;
        int largest = -1;
        for (int w = 0; w < number.length; w++) {
            if (number[w] == History.ABSENT || !register.isAcknowledged(w)) {
                continue;
            }
            int invoked = register.invoked(register.accessOfWrite(w));
            while (at < completed.length && register.completed(register.accessOfWrite(completed[at])) < invoked) {
                int earlier = completed[at++];
                if (number[earlier] != History.ABSENT && (largest < 0 || number[earlier] > number[largest])) {
                    largest = earlier;
                }
            }
            if (largest >= 0 && number[largest] > number[w] && !told.get(w)) {
                told.set(w);
                int first = register.operationOfWrite(largest);
                int second = register.operationOfWrite(w);
                long firstNumber = number[largest];
                long secondNumber = number[w];
                add(
                        "VERSION_AGAINST_TIME",
                        first,
                        second,
                        () -> words.wrote(first, register.key()) + " at " + kind + " " + firstNumber + ", "
                                + words.gapBefore(first, second) + " " + words.wrote(second, register.key()) + " at "
                                + kind + " " + secondNumber
                                + ": the store orders them against their real-time order (real-time write order)");
            }
        }
    }

    private void add(String kind, int first, int second, Supplier<String> sentence) {
        long distance = Math.abs((long) history.invoked(second) - history.invoked(first));
        anomalies.add(
                2,
                distance,
                () -> new Anomaly(kind, words.key(register.key()), sentence.get(), List.of(first, second)));
    }
}
