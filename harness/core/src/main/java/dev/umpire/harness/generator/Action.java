package dev.umpire.harness.generator;

import dev.umpire.harness.target.FaultKind;
import dev.umpire.harness.target.PartitionShape;
import dev.umpire.harness.target.Request;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** Something to be done. */
public sealed interface Action {

    /**
     * A session asks the store.
     *
     * @param session which one, free in the context; empty: the one that has been free longest
     * @param home to which node the session goes before, by its number; empty: where it is, or to the next when it is time
     * @param intendedNanos when it was to be asked, since the run began; empty: when it is
     */
    record Ask(Request request, OptionalInt session, OptionalInt home, OptionalLong intendedNanos) implements Action {
        public Ask(Request request) {
            this(request, OptionalInt.empty());
        }

        public Ask(Request request, OptionalInt session) {
            this(request, session, OptionalInt.empty());
        }

        public Ask(Request request, OptionalInt session, OptionalInt home) {
            this(request, session, home, OptionalLong.empty());
        }

        /** When it was to be asked, where that is another time than the one at which it is. */
        public OptionalLong intendedBeside(long askedNanos) {
            return intendedNanos.orElse(askedNanos) == askedNanos ? OptionalLong.empty() : intendedNanos;
        }
    }

    /** The same, which was to be done at this time. */
    default Action intendedAt(long nanos) {
        return this instanceof Ask ask
                ? new Ask(ask.request(), ask.session(), ask.home(), OptionalLong.of(nanos))
                : this;
    }

    /**
     * The nemesis strikes; what exactly is aimed at is decided when it strikes, as the leader is known only then.
     *
     * @param shapes those that a partition may have; empty: all
     * @param draw the index by which the aim is drawn; 0 or more
     */
    record Inject(FaultKind kind, List<PartitionShape> shapes, long draw) implements Action {
        public Inject {
            shapes = List.copyOf(shapes);
        }
    }

    /** The nemesis undoes its fault of this kind. */
    record Heal(FaultKind kind) implements Action {}
}
