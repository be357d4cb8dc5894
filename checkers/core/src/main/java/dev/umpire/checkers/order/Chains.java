package dev.umpire.checkers.order;

import dev.umpire.checkers.register.Register;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The writes that stand directly after one another, because the later one is an OK cas that read the earlier.
 *
 * <p>Every write is in one chain, mostly alone. Writes are numbered as in their register; the initial value is the number
 * after the last write and heads its own chain. Two cas that read one value, and cas that read one another in a circle,
 * have no place in any order: they are {@link #conflicts()}, and all but the first of them stand alone here.
 */
public final class Chains {
    private final int initial;
    private final boolean trivial;
    private final int[] head;
    private final int[] place;
    private final int[] next;
    private final List<int[]> conflicts = new ArrayList<>();

    Chains(Register register) {
        initial = register.writeCount();
        trivial = !anyCas(register);
        if (trivial) {
            head = place = next = new int[0];
            return;
        }
        head = new int[initial + 1];
        place = new int[initial + 1];
        next = new int[initial + 1];
        Arrays.fill(next, -1);
        boolean[] follows = new boolean[initial + 1];
        for (int a = 0; a < register.size(); a++) {
            int w = register.writeOf(a);
            if (w < 0 || !register.isGoodRead(a)) {
                continue;
            }
            int old = register.source(a) == Register.INITIAL ? initial : register.source(a);
            if (next[old] < 0) {
                next[old] = w;
                follows[w] = true;
            } else {
                conflicts.add(new int[] {register.accessOfWrite(next[old]), a});
            }
        }
        boolean[] placed = new boolean[initial + 1];
        for (int w = 0; w <= initial; w++) {
            if (!follows[w]) {
                int at = 0;
                for (int member = w; member >= 0; member = next[member]) {
                    head[member] = w;
                    place[member] = at++;
                    placed[member] = true;
                }
            }
        }
        breakCircles(register, placed);
    }

    private void breakCircles(Register register, boolean[] placed) {
        for (int w = 0; w < initial; w++) {
            if (placed[w]) {
                continue;
            }
            List<Integer> circle = new ArrayList<>();
            for (int member = w; !placed[member]; ) {
                placed[member] = true;
                circle.add(register.accessOfWrite(member));
                head[member] = member;
                int following = next[member];
                next[member] = -1;
                member = following;
            }
            conflicts.add(circle.stream().mapToInt(Integer::intValue).toArray());
        }
    }

    private static boolean anyCas(Register register) {
        for (int a = 0; a < register.size(); a++) {
            if (register.isGoodRead(a) && register.writeOf(a) >= 0) {
                return true;
            }
        }
        return false;
    }

    /** The number that stands for the initial value. */
    public int initial() {
        return initial;
    }

    /** Whether every chain has one member. */
    boolean isTrivial() {
        return trivial;
    }

    /** The first write of the chain; it stands for all. */
    public int head(int write) {
        return trivial ? write : head[write];
    }

    /** The place in its chain, from 0. */
    int place(int write) {
        return trivial ? 0 : place[write];
    }

    /** The write that follows in the chain, or -1. */
    public int next(int write) {
        return trivial ? -1 : next[write];
    }

    /** Accesses of cas that have no place in any order, each with the ones that it contradicts. */
    List<int[]> conflicts() {
        return conflicts;
    }
}
