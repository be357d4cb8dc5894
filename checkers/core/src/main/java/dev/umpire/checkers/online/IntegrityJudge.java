package dev.umpire.checkers.online;

import dev.umpire.checkers.integrity.Integrity;
import dev.umpire.checkers.verdict.CheckOptions;
import dev.umpire.histories.value.Value;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Integrity of one key: a read returns the initial value, or what a write wrote that was invoked before the read completed
 * and did not fail.
 *
 * <p><b>Algorithm.</b> The reads of a write that is open are kept: if it fails they are at fault, unless another write of
 * the value was invoked before they completed.
 */
final class IntegrityJudge implements KeyJudge<IntegrityJudge.SeenWrite> {
    private static final int MOST_READS = 10_000;

    private Optional<Fault> fault = Optional.empty();
    private long examined;

    /** A write with the reads that will be at fault if it fails. */
    static final class SeenWrite extends Write {
        final List<Operation> readsWhileOpen = new ArrayList<>(0);

        SeenWrite(Operation operation) {
            super(operation);
        }
    }

    /** A read at fault, and the operations that tried to write its value, the last of those that failed and one that came later. */
    private record Fault(Operation read, Value value, List<Operation> writes) {}

    static OnlineChecker checker(CheckOptions options, Value initial, int window) {
        return new OnlineRegisters<>(new Rules<>(
                Integrity.NAME,
                options,
                initial,
                Rules.Values.MAY_REPEAT,
                Rules.Others.APART,
                window,
                Optional.empty(),
                "no read was answered: nothing could have been violated",
                Integrity::check,
                IntegrityJudge::new));
    }

    @Override
    public SeenWrite begun(Operation operation) {
        if (fault.isPresent()
                && fault.get().writes().isEmpty()
                && fault.get().value().equals(operation.argument())) {
            fault = Optional.of(new Fault(fault.get().read(), fault.get().value(), List.of(operation)));
        }
        return new SeenWrite(operation);
    }

    @Override
    public Optional<String> settled(SeenWrite write, Open open) {
        if (write.isFailed() && !write.readsWhileOpen.isEmpty()) {
            SeenWrite earlier = write;
            while (earlier.isFailed() && earlier.sameValue().isPresent()) {
                earlier = (SeenWrite) earlier.sameValue().get();
            }
            if (earlier.isOpen()) {
                earlier.readsWhileOpen.addAll(write.readsWhileOpen);
            } else if (earlier.isFailed()) {
                found(write.readsWhileOpen.get(0), write);
            }
        }
        write.readsWhileOpen.clear();
        return Optional.empty();
    }

    private void found(Operation read, SeenWrite failed) {
        if (fault.isEmpty()) {
            fault = Optional.of(new Fault(read, failed.value(), List.of(failed.operation())));
        }
    }

    @Override
    public Optional<String> read(Read<SeenWrite> read) {
        examined++;
        switch (read.from()) {
            case INITIAL, FORGOTTEN -> {
                // written for certain
            }
            case PERHAPS_FORGOTTEN -> {
                return Optional.of("was read with a value of which it is not remembered whether it was written");
            }
            case WRITE -> {
                SeenWrite write = read.source().orElseThrow();
                if (write.isOpen()) {
                    write.readsWhileOpen.add(read.operation());
                    if (write.readsWhileOpen.size() > MOST_READS) {
                        return Optional.of("was read too often while a write of it was under way");
                    }
                }
            }
            case FAILED_WRITE -> found(read.operation(), read.source().orElseThrow());
            case NOBODY -> {
                if (fault.isEmpty()) {
                    fault = Optional.of(new Fault(read.operation(), read.value(), List.of()));
                }
            }
        }
        return Optional.empty();
    }

    @Override
    public boolean isBroken() {
        return fault.isPresent();
    }

    @Override
    public long obliged() {
        return examined;
    }

    @Override
    public long examined() {
        return examined;
    }

    /** A newer write of the value that is open may fail, and then what read it may have read this one. */
    @Override
    public boolean mayForget(SeenWrite write) {
        return write.newer().map(newer -> !newer.isOpen()).orElse(true);
    }

    @Override
    public void forget(SeenWrite write) {}

    @Override
    public Collection<Operation> evidence() {
        List<Operation> evidence = new ArrayList<>();
        fault.ifPresent(one -> {
            evidence.addAll(one.writes());
            evidence.add(one.read());
        });
        return evidence;
    }

    @Override
    public long retained() {
        return isBroken() ? 1 : 0;
    }
}
