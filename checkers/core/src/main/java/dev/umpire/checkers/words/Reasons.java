package dev.umpire.checkers.words;

import dev.umpire.checkers.order.CausalPast;
import dev.umpire.checkers.register.Register;
import dev.umpire.checkers.register.ReportedVersions;
import dev.umpire.checkers.verdict.Anomalies;
import dev.umpire.checkers.verdict.Answer;
import dev.umpire.checkers.verdict.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Gathers why keys were not judged and what was left out, and makes the verdict from what was. */
public final class Reasons {
    /** Why a key with siblings is undecided where reads come from one of several writes; continues "key x ...". */
    public static final String GUESSED_PAST =
            "was read with siblings, and what was read before some of its writes was written more than once, so that nobody"
                    + " knows which of its writes they knew of";

    private static final int NAMED = 3;

    private final Words words;
    private final List<String> undecided = new ArrayList<>();
    private final List<String> remarks = new ArrayList<>();
    private int undecidedCount;
    private long leftOut;

    public Reasons(Words words) {
        this.words = words;
    }

    /** Whether the key's reads can be joined to its writes; if not, the key is undecided and the reason noted. */
    public boolean isJoinable(Register register) {
        if (!register.isAmbiguous()) {
            return true;
        }
        List<String> values = new ArrayList<>();
        if (register.isInitialWritten()) {
            values.add(words.value(register.history().initialValue()) + ", the initial value,");
        }
        register.valuesWrittenTwice().forEach(value -> values.add(words.value(value)));
        boolean initialOnly = register.valuesWrittenTwice().isEmpty();
        String wrote = register.isList() ? "appended" : "written";
        undecided(
                register.key(),
                "is ambiguous: " + String.join(" and ", values)
                        + (initialOnly || values.size() == 1 ? " is " : " are ") + wrote
                        + (initialOnly ? "" : " more than once")
                        + ", so that its reads cannot be joined to one write");
        return false;
    }

    /**
     * Whether the key is a register, touched by nothing but reads, writes, cas and snapshots; if not, the key is undecided
     * and the reason noted. For checkers that cannot judge lists and transactions.
     */
    public boolean isRegister(Register register) {
        if (!isUnderstood(register)) {
            return false;
        }
        for (String function : List.of("append", "txn")) {
            if (words.touches(register, function)) {
                undecided(register.key(), "has operations " + function + ", which this checker cannot judge yet");
                return false;
            }
        }
        if (register.isList()) {
            undecided(register.key(), "is a list, which this checker cannot judge yet");
        }
        return !register.isList();
    }

    /**
     * Whether the key is a register, touched alone or in transactions; if not, the key is undecided and the reason noted. For
     * checkers that judge lists by their elements.
     */
    public boolean isRegisterAlsoInTransactions(Register register) {
        if (!isUnderstood(register)) {
            return false;
        }
        if (register.isList()) {
            undecided(
                    register.key(),
                    (register.writeCount() == 0
                                    ? "is a list to which nobody appended"
                                    : "is a list that one transaction read twice, with two answers")
                            + ", which this checker cannot judge yet");
        }
        return !register.isList();
    }

    /** Whether the key is a register or a list; if not, the key is undecided and the reason noted. */
    public boolean isUnderstood(Register register) {
        Optional<String> strange = register.strangeFunction();
        if (strange.isPresent()) {
            undecided(
                    register.key(),
                    "has operations " + Visible.text(strange.get()) + ", which this checker cannot judge yet");
            return false;
        }
        if (register.showsSiblings()) {
            undecided(
                    register.key(),
                    "has reads that returned several values at once, which this checker cannot judge yet");
            return false;
        }
        register.misfit().ifPresent(why -> undecided(register.key(), why));
        return register.misfit().isEmpty();
    }

    /**
     * Whether the reads of several values of a key can be joined to its writes, all of which are of this key alone; if not, the key is
     * undecided and the reason noted.
     */
    public boolean isUnderstoodWithSiblings(Register register) {
        Optional<String> why = register.strangeFunction()
                .map(name -> "has operations " + Visible.text(name))
                .or(register::misfit)
                .or(() -> register.isList() ? Optional.of("is a list") : Optional.empty())
                .or(() -> isTouchedWithOthers(register)
                        ? Optional.of("is read or written together with other keys")
                        : Optional.empty());
        why.ifPresent(text -> undecidedBesideSiblings(register, text));
        return why.isEmpty();
    }

    /** As the other; also whether the causal past of its writes is known. */
    public boolean isUnderstoodWithSiblings(Register register, CausalPast past) {
        if (!isUnderstoodWithSiblings(register)) {
            return false;
        }
        if (!past.isKnown()) {
            undecidedBesideSiblings(
                    register,
                    "is in a history in which an operation both reads and writes, or the operations of one session"
                            + " overlap");
        }
        return past.isKnown();
    }

    private void undecidedBesideSiblings(Register register, String why) {
        undecided(
                register.key(),
                why + ", beside reads that returned several values at once: this checker cannot judge that yet");
    }

    private static boolean isTouchedWithOthers(Register register) {
        for (int a = 0; a < register.size(); a++) {
            int operation = register.operation(a);
            if (register.history().readCount(operation) + register.history().writeCount(operation) > 1) {
                return true;
            }
        }
        return false;
    }

    /** The key is undecided, as two reads of its list contradict one another. */
    public void incompatibleReads(Register register, int[] accesses) {
        undecided(
                register.key(),
                "has no order: of two lists that were read neither is the beginning of the other ("
                        + words.read(register, accesses[0]) + "; "
                        + words.read(register, accesses[1]) + ")");
    }

    /** The key is undecided, as the store's reports contradict one another. */
    public void contradictoryReport(Register register, ReportedVersions reported, int[] accesses) {
        String kind = reported.kind().name().toLowerCase(Locale.ROOT);
        undecided(
                register.key(),
                "has no order: the " + kind + "s that were reported with " + words.deed(register.operation(accesses[0]))
                        + " and " + words.deed(register.operation(accesses[1])) + " contradict one another");
    }

    /** The key is undecided; {@code why} continues the sentence "key x ...". */
    public void undecided(int key, String why) {
        undecidedKey(words.keyFirst(key), why);
    }

    /** As {@link #undecided(int, String)}, for a key that has no number, such as a partition of a log. */
    public void undecided(String key, String why) {
        undecidedKey("key " + key, why);
    }

    private void undecidedKey(String key, String why) {
        undecidedCount++;
        if (undecided.size() < NAMED) {
            undecided.add(key + " " + why);
        }
    }

    /** The whole history is undecided; a sentence without its full stop. */
    public void undecided(String why) {
        undecidedCount++;
        undecided.add(0, why);
    }

    /** So many reads returned what no register can return. */
    public void leaveOut(long reads) {
        leftOut += reads;
    }

    /** Something else to be said; a whole sentence without its full stop. */
    public void remark(String sentence) {
        remarks.add(sentence);
    }

    private Optional<String> text() {
        List<String> parts = new ArrayList<>(undecided);
        if (undecidedCount > undecided.size()) {
            int more = undecidedCount - undecided.size();
            parts.add(Words.count(more, "more key is", "more keys are") + " undecided for such reasons");
        }
        if (leftOut > 0) {
            parts.add(Words.count(leftOut, "read", "reads") + " left out: aborted, phantom or future, see integrity");
        }
        parts.addAll(remarks);
        return parts.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", parts));
    }

    /**
     * The verdict: broken if there is an anomaly, else undecided if a key is or if nothing was obliged, else held.
     *
     * @param vacuous the sentence for a history in which nothing was obliged
     */
    public Verdict verdict(
            String guarantee,
            Optional<String> assumes,
            String algorithm,
            long obliged,
            long examined,
            Anomalies anomalies,
            String vacuous) {
        Answer answer;
        if (anomalies.count() > 0) {
            answer = Answer.INVALID;
        } else if (undecidedCount > 0 || obliged == 0) {
            answer = Answer.UNKNOWN;
        } else {
            answer = Answer.VALID;
        }
        if (answer == Answer.UNKNOWN && undecidedCount == 0) {
            remarks.add(0, vacuous);
        }
        return new Verdict(
                        guarantee,
                        answer,
                        assumes,
                        algorithm,
                        obliged,
                        examined,
                        text(),
                        anomalies.count(),
                        anomalies.listed())
                .counting(anomalies.isLowerBound());
    }
}
