package dev.umpire.checkers.convergence;

import dev.umpire.checkers.collection.ElementWords;
import dev.umpire.checkers.collection.Elements;
import dev.umpire.checkers.evidence.Unconverged;
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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.function.IntUnaryOperator;

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
 * explains the difference: else the key is undecided, for nobody can say that it was not written in between, unless one of them
 * by itself returned what nobody wrote, or the initial value in spite of an acknowledged write. Where the recording says that
 * the replicas were still catching up when the final reads began, only a value that nobody wrote breaks the guarantee, and
 * everything else is undecided.
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

    private static final String NOT_CONVERGED = "NOT_CONVERGED";
    private static final String CONVERGED_ON_INITIAL = "CONVERGED_ON_INITIAL";
    /** What a replica that is still catching up may show, though nothing is wrong with it. */
    private static final Set<String> OF_THE_END = Set.of(NOT_CONVERGED, CONVERGED_ON_INITIAL);

    /**
     * What the reads of a key did: which operation each was, what it returned, and the words for it.
     *
     * @param apart finds among final reads that differ two that no late effect explains, as {first, second}
     */
    private record Answers(
            IntUnaryOperator operation,
            IntFunction<Object> value,
            IntFunction<String> told,
            Function<List<Integer>, Optional<int[]>> apart) {}

    /** What can be said of a final read by itself. */
    private interface Alone {
        /**
         * Adds the anomaly, if it is one.
         *
         * @param who the subject of the sentence
         * @param agreed whether all final reads agree with it
         */
        void judge(int read, String who, boolean agreed);
    }

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
        finalReads.unconverged().ifPresent(reasons::undecided);
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
                        register::operation,
                        read -> answer(register, read),
                        read -> told(register, read),
                        finals -> apart(register, finals)),
                (read, who, agreed) -> onRegister(register, read, who));
    }

    /**
     * Two final reads of a register that no late write explains. A late write leaves what it wrote; so what a read without any
     * late value returned, the node held before, and every other read can only have returned that and late values. Of siblings
     * a late deletion may leave any.
     */
    private Optional<int[]> apart(Register register, List<Integer> finals) {
        Set<Value> values = late.values(register, began(finals, register::operation));
        if (register.showsSiblings()
                && (values.contains(Value.NIL) || values.contains(history.value(history.initialValue())))) {
            return Optional.empty();
        }
        return finals.stream()
                .filter(read -> Collections.disjoint(values(register, read), values))
                .findFirst()
                .flatMap(firm -> finals.stream()
                        .filter(read -> isApart(values(register, firm), values(register, read), values))
                        .findFirst()
                        .map(read -> new int[] {firm, read}));
    }

    private static boolean isApart(Set<Value> firm, Set<Value> other, Set<Value> late) {
        return Collections.disjoint(other, late)
                ? !other.equals(firm)
                : !other.stream().allMatch(value -> firm.contains(value) || late.contains(value));
    }

    private Set<Value> values(Register register, int read) {
        Value value = history.value(register.read(read));
        int operation = register.operation(read);
        if (!register.showsSiblings()) {
            return Set.of(value);
        }
        return history.readCount(operation) == 1
                ? Siblings.shown(history, operation)
                : register.read(read) == history.initialValue() ? Set.of() : Set.of(value);
    }

    private Object answer(Register register, int read) {
        return register.showsSiblings() ? values(register, read) : history.value(register.read(read));
    }

    private int began(List<Integer> reads, IntUnaryOperator operation) {
        return reads.stream()
                .mapToInt(read -> history.invoked(operation.applyAsInt(read)))
                .min()
                .orElse(0);
    }

    private String told(Register register, int read) {
        int operation = register.operation(read);
        return words.read(register, read) + words.siblings(operation);
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
                        finals -> counter ? apartCounter(key, finals, elements) : apart(key, finals, elements)),
                (read, who, agreed) -> {
                    Collection<Value> contents = elements.contents(read, number);
                    boolean emptied = !agreed && contents.isEmpty() && late.mayGo(key);
                    if (!counter && !emptied && !Elements.holdsFromTheStart(history.value(history.initialValue()))) {
                        onElements(number, key, contents, read, who);
                    }
                });
    }

    /** Two final reads of a set or list that differ in what can neither come nor go late. */
    private Optional<int[]> apart(Elements.Key key, List<Integer> finals, Elements elements) {
        Set<Value> loose = late.elements(elements, key, began(finals, read -> read));
        IntFunction<Object> firm = read -> {
            List<Value> contents = elements.contents(read, key.number()).stream()
                    .filter(element -> !loose.contains(element))
                    .toList();
            return key.isList() ? contents : Set.copyOf(contents);
        };
        int first = finals.get(0);
        Object expected = firm.apply(first);
        return finals.stream()
                .filter(read -> !firm.apply(read).equals(expected))
                .findFirst()
                .map(read -> new int[] {first, read});
    }

    private Optional<int[]> apartCounter(Elements.Key key, List<Integer> finals, Elements elements) {
        IntFunction<Value> answer = read -> elements.answer(read, key.number());
        List<Integer> different = new ArrayList<>();
        Set<Value> met = new HashSet<>();
        finals.stream().filter(read -> met.add(answer.apply(read))).forEach(different::add);
        if (late.explainSums(key, different.stream().map(answer::apply).toList())) {
            return Optional.empty();
        }
        int first = different.get(0);
        int second = different.stream()
                .skip(1)
                .filter(read -> !late.explainSums(key, List.of(answer.apply(first), answer.apply(read))))
                .findFirst()
                .orElse(different.get(1));
        return Optional.of(new int[] {first, second});
    }

    private void key(int key, List<Integer> reads, List<Integer> marked, Answers answers, Alone alone) {
        Set<String> nodes = nodes(reads, answers);
        examined += reads.size();
        if (nodes.size() >= 2) {
            obliged++;
            compare(key, reads, answers, alone);
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

    /** The reads agree; or they differ, which breaks the guarantee or leaves the key undecided. */
    private void compare(int key, List<Integer> reads, Answers answers, Alone alone) {
        if (reads.stream().map(answers.value()::apply).distinct().count() == 1) {
            alone.judge(reads.get(0), "all final reads", true);
            return;
        }
        Optional<int[]> apart = answers.apart().apply(reads);
        if (apart.isPresent()) {
            int first = apart.get()[0];
            int second = apart.get()[1];
            add(
                    NOT_CONVERGED,
                    key,
                    "two final reads disagree: " + answers.told().apply(first) + ", and "
                            + answers.told().apply(second)
                            + Unconverged.forEver(history)
                                    .map(why -> "; " + why)
                                    .orElse(""),
                    answers.operation().applyAsInt(first),
                    answers.operation().applyAsInt(second));
            return;
        }
        long before = anomalies.count();
        for (int i = 0; i < reads.size() && anomalies.count() == before; i++) {
            alone.judge(reads.get(i), "a final read", false);
        }
        if (anomalies.count() == before) {
            reasons.undecided(
                    key,
                    "has final reads that disagree by no more than what operations of unknown outcome may have done between"
                            + " them");
        }
    }

    private void onRegister(Register register, int read, String who) {
        int key = register.key();
        int first = register.operation(read);
        int value = register.read(read);
        if (value == history.initialValue() && Siblings.shown(history, first).isEmpty()) {
            for (int w = register.writeCount() - 1; w >= 0 && !register.isInitialWritten(); w--) {
                if (register.isAcknowledged(w)) {
                    int write = register.operationOfWrite(w);
                    onInitial(key, who, words.value(value), words.wrote(write, key), write, first);
                    return;
                }
            }
        } else if (register.source(read) == Register.PHANTOM
                || register.source(read) == Register.ABORTED
                || !areWritten(register, first)) {
            add(
                    "CONVERGED_ON_NOTHING_WRITTEN",
                    key,
                    who + " returned a value that no write can have written: " + told(register, read),
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

    private void onElements(int number, Elements.Key key, Collection<Value> contents, int first, String who) {
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
                onInitial(
                        number, who, "nothing", new ElementWords(history, words).did(add, number, element), add, first);
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
                        who + " returned " + words.value(element) + ", which nobody can have added: "
                                + words.read(first, number),
                        first);
                return;
            }
        }
    }

    private void onInitial(int key, String who, String value, String wrote, int write, int read) {
        add(
                CONVERGED_ON_INITIAL,
                key,
                who + " returned " + value + ", the initial value, although " + wrote + ": " + words.read(read, key),
                write,
                read);
    }

    private void add(String kind, int key, String sentence, int... operations) {
        if (finalReads.unconverged().isPresent() && OF_THE_END.contains(kind)) {
            return;
        }
        int last = operations[operations.length - 1];
        long distance = Math.abs((long) history.invoked(last) - history.invoked(operations[0]));
        List<Integer> witness = Arrays.stream(operations).boxed().distinct().toList();
        anomalies.add(witness.size(), distance, () -> new Anomaly(kind, words.key(key), sentence, witness));
    }
}
