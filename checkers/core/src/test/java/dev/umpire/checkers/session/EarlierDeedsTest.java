package dev.umpire.checkers.session;

import dev.umpire.checkers.oracle.RandomHistories;
import dev.umpire.checkers.oracle.RandomHistories.Shape;
import dev.umpire.checkers.oracle.SmallHistory;
import dev.umpire.checkers.order.OrderSource;
import dev.umpire.checkers.register.Register;
import dev.umpire.checkers.register.Registers;
import dev.umpire.checkers.verdict.WriteOrder;
import dev.umpire.histories.History;
import dev.umpire.histories.Outcome;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a session did earlier, against a list of it. */
class EarlierDeedsTest {

    /** What a session did: it wrote, or read what another wrote. */
    private record Deed(int access, int write) {}

    @ParameterizedTest
    @CsvSource({"true, true", "true, false", "false, true"})
    void aSessionIsBoundByAllThatItDidBefore(boolean writesInOrder, boolean writesAfterReads) {
        Bindings bindings = new Bindings(false, false, writesInOrder, writesAfterReads);
        RandomHistories random = new RandomHistories();
        for (int reports = 0; reports < 3; reports++) {
            random.check(700, new Shape(16, 3, 1, true, true, true, reports), small -> isAsListed(small, bindings));
            random.check(700, new Shape(24, 2, 1, false, false, false, reports), small -> isAsListed(small, bindings));
        }
    }

    private static boolean isAsListed(SmallHistory small, Bindings bindings) {
        Register register = Registers.of(small.history()).register(0);
        boolean right = true;
        for (WriteOrder order : WriteOrder.values()) {
            OrderSource source = OrderSource.of(register, order);
            EarlierDeeds deeds = new EarlierDeeds(register, source, bindings);
            int groups = 0;
            for (int session = 0; session < register.history().sessionCount(); session++) {
                List<Deed> listed = listed(register, session, bindings);
                groups += listed.isEmpty() ? 0 : 1;
                right &= listed.isEmpty()
                        ? deeds.group(session) < 0
                        : isAsListed(register, source, deeds, deeds.group(session), listed);
            }
            right &= deeds.groups() == groups;
        }
        return right;
    }

    private static List<Deed> listed(Register register, int session, Bindings bindings) {
        List<Deed> deeds = new ArrayList<>();
        IntStream.range(0, register.size())
                .filter(a -> register.session(a) == session && register.outcome(a) == Outcome.OK)
                .boxed()
                .sorted(Comparator.comparingInt(register::completed))
                .forEach(a -> {
                    if (bindings.writesAfterReads() && register.source(a) >= 0) {
                        deeds.add(new Deed(a, register.source(a)));
                    }
                    if (bindings.writesInOrder() && register.writeOf(a) >= 0) {
                        deeds.add(new Deed(a, register.writeOf(a)));
                    }
                });
        return deeds;
    }

    private static boolean isAsListed(
            Register register, OrderSource source, EarlierDeeds deeds, int group, List<Deed> listed) {
        boolean right = true;
        for (int i = 0; i < listed.size(); i++) {
            int deed = deeds.from(group) + i;
            right &= deeds.access(deed) == listed.get(i).access();
            right &= deeds.write(deed) == listed.get(i).write();
            right &= deeds.isOwnWrite(deed)
                    == (register.writeOf(listed.get(i).access())
                            == listed.get(i).write());
            right &= isNewest(register, source, deeds, group, listed.subList(0, i + 1));
            for (int later = 0; later < register.writeCount(); later++) {
                right &= deeds.areBefore(group, i + 1, later)
                        == areBefore(register, source, listed.subList(0, i + 1), later);
            }
        }
        for (int position = 0; position < 60; position++) {
            int before = position;
            int count = (int) listed.stream()
                    .filter(deed -> register.completed(deed.access()) < before)
                    .count();
            for (int known = 0; known <= count; known++) {
                right &= deeds.countBefore(group, position, known) == count;
            }
        }
        for (int write = 0; write < register.writeCount(); write++) {
            int wanted = write;
            int first = listed.stream().map(Deed::write).toList().indexOf(write) + 1;
            right &= deeds.firstOf(w -> w == wanted)[group] == first;
        }
        return right;
    }

    /** It is one of them, and of none it is known that its write stands behind. */
    private static boolean isNewest(
            Register register, OrderSource source, EarlierDeeds deeds, int group, List<Deed> listed) {
        int newest = deeds.newest(group, listed.size());
        int at = newest - deeds.from(group);
        boolean ranked = source.recorded()
                .map(order -> order.rank(deeds.write(newest)) != History.ABSENT
                        || listed.stream().allMatch(deed -> order.rank(deed.write()) == History.ABSENT))
                .orElse(true);
        return at >= 0
                && at < listed.size()
                && ranked
                && listed.stream().noneMatch(deed -> source.before(register, deeds.write(newest), deed.write()));
    }

    private static boolean areBefore(Register register, OrderSource source, List<Deed> listed, int later) {
        boolean comparable = source.isRecorded() || source.assumption() == WriteOrder.REAL_TIME;
        return listed.stream()
                .allMatch(
                        deed -> deed.write() == later || (comparable && source.before(register, deed.write(), later)));
    }
}
