package dev.umpire.checkers.knossos;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;

/** Histories of objects that were linearizable while they were recorded, as EDN, and the same with one answer changed. */
final class RandomObjects {

    /**
     * What is drawn.
     *
     * @param model {@code register}, {@code cas-register}, {@code mutex}, {@code set} or {@code fifo-queue}
     * @param operations how many are invoked
     * @param processes how many are in flight at most, those of unknown outcome apart
     * @param values values are 0 to this number less one
     * @param unknownPercent how many end without an answer
     * @param changed whether one answer is replaced
     */
    record Shape(String model, int operations, int processes, int values, int unknownPercent, boolean changed) {}

    private static final class Pending {
        String process = "";
        String function = "";
        String argument = "nil";
        String answer = "nil";
        boolean refused;
        boolean happened;
        boolean unknown;
    }

    private final Random random;
    private final Shape shape;
    private final List<String> lines = new ArrayList<>();
    private final List<Integer> answers = new ArrayList<>();

    private int register;
    private boolean locked;
    private final TreeSet<Integer> set = new TreeSet<>();
    private final Deque<Integer> queue = new ArrayDeque<>();

    private RandomObjects(long seed, Shape shape) {
        this.random = new Random(seed);
        this.shape = shape;
    }

    /** The history; its register begins with 0. */
    static String history(long seed, Shape shape) {
        RandomObjects drawn = new RandomObjects(seed, shape);
        drawn.record();
        if (shape.changed()) {
            drawn.change();
        }
        return String.join("\n", drawn.lines) + "\n";
    }

    private void record() {
        Deque<Integer> free = new ArrayDeque<>();
        for (int process = 0; process < shape.processes(); process++) {
            free.add(process);
        }
        int nextProcess = shape.processes();
        int invoked = 0;
        List<Pending> open = new ArrayList<>();
        List<Pending> late = new ArrayList<>();
        while (invoked < shape.operations() || !open.isEmpty()) {
            if (!late.isEmpty() && random.nextInt(8) == 0) {
                happen(late.remove(random.nextInt(late.size())));
            }
            if (invoked < shape.operations() && !free.isEmpty() && (open.isEmpty() || random.nextInt(3) > 0)) {
                Pending next = drawn(Integer.toString(free.remove()));
                line(next, "invoke", next.argument);
                open.add(next);
                invoked++;
                continue;
            }
            Pending some = open.get(random.nextInt(open.size()));
            if (!some.happened && !(some.unknown && random.nextBoolean())) {
                happen(some);
                continue;
            }
            open.remove(some);
            if (some.unknown) {
                if (!some.happened) {
                    late.add(some);
                }
                if (random.nextBoolean()) {
                    line(some, "info", ":timed-out");
                }
                free.add(nextProcess++);
            } else {
                if (!some.refused && !some.answer.equals(some.argument)) {
                    answers.add(lines.size());
                }
                line(some, some.refused ? "fail" : "ok", some.refused ? some.argument : some.answer);
                free.add(Integer.parseInt(some.process));
            }
        }
    }

    private Pending drawn(String process) {
        Pending next = new Pending();
        next.process = process;
        next.unknown = random.nextInt(100) < shape.unknownPercent();
        String value = Integer.toString(random.nextInt(shape.values()));
        int dice = random.nextInt(6);
        switch (shape.model()) {
            case "mutex" -> next.function = random.nextBoolean() ? "acquire" : "release";
            case "set" -> next.function = dice < 3 ? "add" : "read";
            case "fifo-queue" -> next.function = dice < 3 ? "enqueue" : "dequeue";
            default ->
                next.function = dice < 2 ? "write" : dice < 4 || !shape.model().equals("cas-register") ? "read" : "cas";
        }
        if (next.function.equals("cas")) {
            next.argument = "[" + random.nextInt(shape.values()) + " " + value + "]";
        } else if (List.of("write", "add", "enqueue").contains(next.function)) {
            next.argument = value;
        }
        next.answer = next.argument;
        return next;
    }

    private void happen(Pending one) {
        one.happened = true;
        switch (one.function) {
            case "write" -> register = Integer.parseInt(one.argument);
            case "cas" -> {
                String[] both =
                        one.argument.substring(1, one.argument.length() - 1).split(" ", -1);
                one.refused = register != Integer.parseInt(both[0]);
                register = one.refused ? register : Integer.parseInt(both[1]);
            }
            case "acquire" -> {
                one.refused = locked;
                locked = true;
            }
            case "release" -> {
                one.refused = !locked;
                locked = false;
            }
            case "add" -> set.add(Integer.parseInt(one.argument));
            case "enqueue" -> queue.add(Integer.parseInt(one.argument));
            case "dequeue" -> {
                one.refused = queue.isEmpty();
                one.answer = one.refused ? "nil" : Integer.toString(queue.remove());
            }
            default -> one.answer = shape.model().equals("set") ? read(set) : Integer.toString(register);
        }
    }

    private static String read(Set<Integer> all) {
        List<String> words = all.stream().map(String::valueOf).toList();
        return "#{" + String.join(" ", words) + "}";
    }

    private void line(Pending one, String type, String value) {
        lines.add(
                "{:process " + one.process + ", :type :" + type + ", :f :" + one.function + ", :value " + value + "}");
    }

    /** Replaces one answer by another; without any, an operation that was refused succeeds. */
    private void change() {
        if (answers.isEmpty()) {
            for (int i = 0; i < lines.size(); i++) {
                if (lines.get(i).contains(":type :fail")) {
                    lines.set(i, lines.get(i).replace(":type :fail", ":type :ok"));
                    return;
                }
            }
            return;
        }
        int which = answers.get(random.nextInt(answers.size()));
        String other = Integer.toString(random.nextInt(shape.values()));
        String line = lines.get(which);
        String value = shape.model().equals("set") ? "#{" + other + "}" : other;
        lines.set(which, line.substring(0, line.indexOf(":value")) + ":value " + value + "}");
    }
}
