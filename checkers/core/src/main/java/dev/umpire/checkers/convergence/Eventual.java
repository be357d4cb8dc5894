package dev.umpire.checkers.convergence;

import dev.umpire.checkers.collection.ElementWords;
import dev.umpire.checkers.collection.Elements;
import dev.umpire.checkers.register.Register;
import dev.umpire.checkers.register.Registers;
import dev.umpire.checkers.register.Siblings;
import dev.umpire.checkers.verdict.Anomalies;
import dev.umpire.checkers.verdict.Anomaly;
import dev.umpire.checkers.verdict.CheckOptions;
import dev.umpire.checkers.verdict.Verdict;
import dev.umpire.checkers.words.Reasons;
import dev.umpire.checkers.words.Visible;
import dev.umpire.checkers.words.Words;
import dev.umpire.histories.History;
import dev.umpire.histories.Outcome;
import dev.umpire.histories.value.Value;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.function.IntUnaryOperator;
import java.util.stream.Collectors;

/**
 * Eventual consistency: in the end all nodes hold the same value of a key.
 *
 * <p><b>Definition.</b> The final reads of each key agree on one value, and some OK or INFO write wrote it, or it is the
 * initial value and no write is acknowledged. Source: Vogels, <i>Eventually Consistent</i>, CACM 2009; Viotti and
 * Vukolić, ACM CSUR 2016. Whether it is the right value is durability's question. Keys with final reads from one node only
 * say nothing; with final reads from some nodes and not from all the key is undecided, unless these disagree already. Reads
 * that began before the key was written for the last time are not final, nor are those before a write of unknown outcome was
 * invoked. Sets, lists and counters are values too: of a set the order of the elements means nothing, of a read with siblings that
 * of the siblings. Two final reads disagree where no {@linkplain LateEffects late effect} of operations of unknown outcome
 * explains the difference: else the key is undecided, for nobody can say that it was not written in between.
 *
 * <p><b>Algorithm.</b> One look at the final reads of each key. O(n). A value may be written more than once here.
 *
 * <p><b>Witness.</b> Two final reads with two values ({@code NOT_CONVERGED}), the final read of a value that nobody wrote
 * ({@code CONVERGED_ON_NOTHING_WRITTEN}), or an acknowledged write and the final read of the initial value
 * ({@code CONVERGED_ON_INITIAL}). One anomaly a key.
 */
public final class Eventual {

    /** As on the command line. */
    public static final String NAME = "eventual";

    /** What can be said of a key on which the nodes agree; the key's final reads are not empty. */
    private interface Agreement {
        void judge(List<Integer> reads);
    }

    /**
     * What the reads of a key did: which operation each was, what it returned, and the words for it.
     *
     * @param firm makes of some final reads what each returned that no late effect explains; empty: all of it may be one
     */
    private record Answers(
            IntUnaryOperator operation,
            IntFunction<Object> value,
            IntFunction<String> told,
            Function<List<Integer>, IntFunction<Optional<Object>>> firm) {}

    private final History history;
    private final Words words;
    private final Reasons reasons;
    private final Anomalies anomalies;
    private final FinalReads finalReads;
    private final LateEffects late;
    private long obliged;
    private long examined;

    private Eventual(History history, CheckOptions options) {
        this.history = history;
        words = Words.of(history);
        reasons = new Reasons(words);
        anomalies = new Anomalies(options.anomalyLimit());
        finalReads = new FinalReads(history);
        late = new LateEffects(history);
    }

    public static Verdict check(History history, CheckOptions options) {
        return new Eventual(history, options).verdict();
    }

    private Verdict verdict() {
        Registers registers = Registers.of(history);
        Elements elements = new Elements(history);
        for (int key = 0; key < registers.keyCount(); key++) {
            if (elements.holds(key) || elements.isCounter(key)) {
                elements(key, elements);
            } else {
                register(registers.register(key));
            }
        }
        return reasons.verdict(
                NAME,
                Optional.empty(),
                "final reads compared; " + finalReads.phrase(),
                obliged,
                examined,
                anomalies,
                "no key has final reads from two nodes: nothing could have been violated");
    }

    private void register(Register register) {
        if (register.showsSiblings()
                ? register.strangeFunction().isPresent() || register.isList()
                : !reasons.isRegisterAlsoInTransactions(register)) {
            if (register.showsSiblings()) {
                reasons.undecided(
                        register.key(),
                        "has other operations than of a register, and reads that returned several values at once");
            }
            return;
        }
        List<Integer> reads = finalReads.undisturbed(register);
        key(
                register.key(),
                reads,
                finalReads.markedOf(register),
                new Answers(
                        register::operation, read -> answer(register, read), read -> told(register, read), finals -> {
                            Set<Value> values = late.values(register, began(finals, register::operation));
                            return read -> firm(answer(register, read), values);
                        }),
                all -> onRegister(register, reads));
    }

    private Object answer(Register register, int read) {
        Value value = history.value(register.read(read));
        if (!register.showsSiblings()) {
            return value;
        }
        int operation = register.operation(read);
        return history.readCount(operation) == 1
                ? Siblings.shown(history, operation)
                : register.read(read) == history.initialValue() ? Set.of() : Set.of(value);
    }

    /** What a read of a register returned, unless a late write explains it. */
    private static Optional<Object> firm(Object answer, Set<Value> late) {
        boolean explained =
                answer instanceof Set<?> siblings ? siblings.stream().anyMatch(late::contains) : late.contains(answer);
        return explained ? Optional.empty() : Optional.of(answer);
    }

    private int began(List<Integer> reads, IntUnaryOperator operation) {
        return reads.stream()
                .mapToInt(read -> history.invoked(operation.applyAsInt(read)))
                .min()
                .orElse(0);
    }

    private String told(Register register, int read) {
        int operation = register.operation(read);
        return words.read(operation, register.key(), register.read(read)) + siblings(operation);
    }

    private void elements(int number, Elements elements) {
        Elements.Key key = elements.key(number);
        boolean counter = elements.isCounter(number);
        if (elements.isMixed(key)) {
            reasons.undecided(number, Elements.MIXED);
            return;
        }
        int settled = key.changes()
                .mapToInt(change ->
                        history.outcome(change) == Outcome.OK ? history.completed(change) : history.invoked(change))
                .max()
                .orElse(-1);
        key(
                number,
                finalReads.of(key.reads(), settled),
                finalReads.markedOf(key.reads()),
                new Answers(
                        read -> read,
                        read -> counter
                                ? elements.answer(read, number)
                                : key.isList()
                                        ? List.copyOf(elements.contents(read, number))
                                        : Set.copyOf(elements.contents(read, number)),
                        read -> words.read(read, number),
                        finals -> counter ? firmCounter(key, finals, elements) : firmElements(key, finals, elements)),
                all -> {
                    if (!counter && !Elements.holdsFromTheStart(history.value(history.initialValue()))) {
                        onElements(number, key, elements.contents(all.get(0), number), all.get(0));
                    }
                });
    }

    private IntFunction<Optional<Object>> firmElements(Elements.Key key, List<Integer> finals, Elements elements) {
        Set<Value> loose = late.elements(elements, key, began(finals, read -> read));
        return read -> {
            List<Value> firm = elements.contents(read, key.number()).stream()
                    .filter(element -> !loose.contains(element))
                    .toList();
            return Optional.of(key.isList() ? firm : Set.copyOf(firm));
        };
    }

    /** Sums that are no further apart than late changes can bring them are explained. */
    private IntFunction<Optional<Object>> firmCounter(Elements.Key key, List<Integer> finals, Elements elements) {
        Optional<BigInteger> amount = late.amount(key);
        List<BigInteger> sums = finals.stream()
                .flatMap(read -> elements.answer(read, key.number()).integer().stream())
                .sorted()
                .toList();
        boolean explained = amount.isEmpty()
                || (!sums.isEmpty()
                        && sums.get(sums.size() - 1).subtract(sums.get(0)).compareTo(amount.get()) <= 0);
        return read -> explained ? Optional.empty() : Optional.of(elements.answer(read, key.number()));
    }

    private void key(int key, List<Integer> reads, List<Integer> marked, Answers answers, Agreement agreement) {
        Set<String> nodes = nodes(reads, answers);
        examined += reads.size();
        if (nodes.size() >= 2) {
            obliged++;
            if (!differ(key, reads, answers)) {
                agreement.judge(reads);
            }
            List<String> silent = history.nodes().stream()
                    .filter(node -> !nodes.contains(node))
                    .map(Visible::text)
                    .toList();
            if (!silent.isEmpty()) {
                reasons.undecided(key, "has no final read from " + String.join(", ", silent));
            }
        } else if (nodes(marked, answers).size() >= 2) {
            reasons.undecided(key, FinalReads.STILL_WRITTEN);
        }
    }

    private Set<String> nodes(List<Integer> reads, Answers answers) {
        Set<String> nodes = new HashSet<>();
        for (int read : reads) {
            int node = history.node(answers.operation().applyAsInt(read));
            if (node != History.NONE) {
                nodes.add(history.nodeName(node));
            }
        }
        return nodes;
    }

    /** Whether the reads differ, which breaks the guarantee or leaves the key undecided. */
    private boolean differ(int key, List<Integer> reads, Answers answers) {
        if (reads.stream().map(answers.value()::apply).distinct().count() == 1) {
            return false;
        }
        IntFunction<Optional<Object>> firm = answers.firm().apply(reads);
        List<Integer> firmReads =
                reads.stream().filter(read -> firm.apply(read).isPresent()).toList();
        for (int read : firmReads) {
            int first = firmReads.get(0);
            if (!firm.apply(read).equals(firm.apply(first))) {
                add(
                        "NOT_CONVERGED",
                        key,
                        "two final reads disagree: " + answers.told().apply(first) + ", and "
                                + answers.told().apply(read),
                        answers.operation().applyAsInt(first),
                        answers.operation().applyAsInt(read));
                return true;
            }
        }
        reasons.undecided(
                key,
                "has final reads that disagree by no more than what operations of unknown outcome may have done between"
                        + " them");
        return true;
    }

    private String siblings(int read) {
        Set<Value> shown = Siblings.shown(history, read);
        return shown.size() > 1
                ? " with the siblings " + shown.stream().map(words::value).collect(Collectors.joining(", "))
                : "";
    }

    private void onRegister(Register register, List<Integer> reads) {
        int key = register.key();
        int first = register.operation(reads.get(0));
        int value = register.read(reads.get(0));
        if (value == history.initialValue() && Siblings.shown(history, first).size() <= 1) {
            for (int w = register.writeCount() - 1; w >= 0 && !register.isInitialWritten(); w--) {
                if (register.isAcknowledged(w)) {
                    int write = register.operationOfWrite(w);
                    onInitial(key, words.value(value), words.wrote(write, key), write, first);
                    return;
                }
            }
        } else if (register.source(reads.get(0)) == Register.PHANTOM
                || register.source(reads.get(0)) == Register.ABORTED
                || !areWritten(register, first)) {
            add(
                    "CONVERGED_ON_NOTHING_WRITTEN",
                    key,
                    "all final reads returned a value that no write can have written: " + told(register, reads.get(0)),
                    first);
        }
    }

    /** Whether every sibling of a read can have been written. */
    private boolean areWritten(Register register, int read) {
        Set<Value> missing = new HashSet<>(Siblings.shown(history, read));
        if (missing.size() <= 1) {
            return true;
        }
        missing.remove(history.value(history.initialValue()));
        for (int w = 0; w < register.writeCount(); w++) {
            missing.remove(history.value(register.written(register.accessOfWrite(w))));
        }
        return missing.isEmpty();
    }

    private void onElements(int number, Elements.Key key, Collection<Value> contents, int first) {
        if (contents.isEmpty()) {
            TreeMap<Integer, Value> added = new TreeMap<>();
            key.elements().forEach((element, changes) -> {
                if (changes.removals().isEmpty()) {
                    changes.adds().stream()
                            .filter(add -> history.outcome(add) == Outcome.OK)
                            .forEach(add -> added.put(add, element));
                }
            });
            if (!added.isEmpty()) {
                int add = added.lastKey();
                Value element = added.lastEntry().getValue();
                onInitial(number, "nothing", new ElementWords(history, words).did(add, number, element), add, first);
            }
            return;
        }
        for (Value element : contents) {
            if (key.elements()
                    .getOrDefault(element, new Elements.Changes())
                    .adds()
                    .isEmpty()) {
                add(
                        "CONVERGED_ON_NOTHING_WRITTEN",
                        number,
                        "all final reads returned " + words.value(element) + ", which nobody can have added: "
                                + words.read(first, number),
                        first);
                return;
            }
        }
    }

    private void onInitial(int key, String value, String wrote, int write, int read) {
        add(
                "CONVERGED_ON_INITIAL",
                key,
                "all final reads returned " + value + ", the initial value, although " + wrote + ": "
                        + words.read(read, key),
                write,
                read);
    }

    private void add(String kind, int key, String sentence, int... operations) {
        int last = operations[operations.length - 1];
        long distance = Math.abs((long) history.invoked(last) - history.invoked(operations[0]));
        List<Integer> witness = Arrays.stream(operations).boxed().distinct().toList();
        anomalies.add(witness.size(), distance, () -> new Anomaly(kind, words.key(key), sentence, witness));
    }
}
