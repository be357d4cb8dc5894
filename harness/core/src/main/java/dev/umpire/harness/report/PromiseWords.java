package dev.umpire.harness.report;

import dev.umpire.checkers.verdict.Answer;
import dev.umpire.checkers.verdict.WriteOrder;
import dev.umpire.harness.run.Judged;
import dev.umpire.harness.run.Promised;
import dev.umpire.harness.survey.Datasheet;
import java.util.List;
import java.util.Optional;

/** A promise against the verdicts, as people read it. */
public final class PromiseWords {
    private final Promised promised;

    private PromiseWords(Promised promised) {
        this.promised = promised;
    }

    /** The words of a promise. */
    public static PromiseWords of(Promised promised) {
        return new PromiseWords(promised);
    }

    /**
     * What is promised of a guarantee: {@code promised}, {@code promised, as it follows from causal}, {@code promised, but not
     * under clock}, {@code not promised}.
     */
    public String of(String guarantee) {
        Optional<String> named = stronger(guarantee);
        if (named.isEmpty()) {
            return "not promised";
        }
        return "promised" + (named.get().equals(guarantee) ? "" : ", as it follows from " + named.get())
                + (promised.beyond().isEmpty() ? "" : ", but not under " + String.join(", ", promised.beyond()));
    }

    /** The guarantee itself or another one that is promised and implies it. */
    private Optional<String> stronger(String guarantee) {
        List<String> all = promised.guarantees();
        WriteOrder order = WriteOrder.named(promised.writeOrder());
        return all.contains(guarantee)
                ? Optional.of(guarantee)
                : all.stream()
                        .filter(one -> Datasheet.follows(guarantee, one, order))
                        .findFirst();
    }

    /** All that is promised: {@code configuration sl-token promises read-your-writes, and covers every fault of this run}. */
    public String sentence() {
        String what = promised.guarantees().isEmpty() ? "nothing" : String.join(", ", promised.guarantees());
        return promised.by() + " promises " + what
                + (promised.beyond().isEmpty()
                        ? ", and covers every fault of this run"
                        : ", but not under " + String.join(", ", promised.beyond()) + ", which this run meets");
    }

    /** How what is promised came out: {@code configuration sl-token: 4 held, 1 broken; not under clock}. */
    public String tally(List<Judged> judged) {
        StringBuilder told = new StringBuilder(promised.by()).append(':');
        String mark = " ";
        for (Answer answer : List.of(Answer.VALID, Answer.INVALID, Answer.UNKNOWN)) {
            long count = judged.stream()
                    .map(Judged::verdict)
                    .filter(one ->
                            one.answer() == answer && stronger(one.guarantee()).isPresent())
                    .count();
            if (count > 0) {
                told.append(mark).append(Numbers.grouped(count)).append(' ').append(answer.word());
                mark = ", ";
            }
        }
        if (mark.equals(" ")) {
            told.append(" nothing judged");
        }
        return promised.beyond().isEmpty()
                ? told.toString()
                : told + "; not promised under " + String.join(", ", promised.beyond());
    }
}
