package dev.umpire.harness.junit;

import dev.umpire.harness.plan.Load;
import dev.umpire.harness.target.FaultKind;
import dev.umpire.harness.target.PartitionShape;
import dev.umpire.harness.target.Target;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import org.junit.jupiter.api.TestTemplate;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A test of what a store really guarantees: one run of a plan for each seed, and the test method says what must hold of it.
 *
 * <pre>
 * &#64;ConsistencyTest(target = MyStore.class, nemesis = {PARTITION, FAILOVER}, seeds = 20)
 * void sessionsSeeTheirOwnWrites(Run run) {
 *     assertThat(run.history()).satisfies(READ_YOUR_WRITES, MONOTONIC_READS);
 * }
 * </pre>
 *
 * <p>The method may take a {@code Run}, its {@code History}, its {@code Plan}; or a {@code PlanBuilder} that already says
 * what stands here, and {@link Runs} to run what it becomes; or a {@link dev.umpire.harness.junit.live.LiveCluster} with its
 * {@link dev.umpire.harness.junit.live.LiveNemesis}, which it drives by hand. A run is made after {@code @BeforeEach} methods, within the
 * time of the method's or class's {@code @Timeout}.
 *
 * <p>A seed that fails is kept in a file beside the tests ({@link RememberedSeeds}) and runs first from then on. The system
 * property or configuration parameter {@code umpire.seed} replays one seed, or several with commas between them;
 * {@link Seed} does so for good. A failed run keeps its folder, with {@code report.html} in it, under {@code target/umpire}
 * (configuration parameter {@code umpire.folder}); it is published by Jupiter's file reporting too. Others are deleted,
 * unless {@link #keep} or the configuration parameter {@code umpire.keep} asks for them.
 */
@Documented
@java.lang.annotation.Target({ElementType.METHOD, ElementType.ANNOTATION_TYPE})
@Retention(RetentionPolicy.RUNTIME)
@TestTemplate
@ExtendWith(ConsistencyTestExtension.class)
public @interface ConsistencyTest {

    /**
     * The store; a class with a public constructor without parameters. Where none is named it is the target, with its settings
     * and promises, of the one {@link UmpireExtension} that the test's class registers: of containers, say, whose image is known
     * there.
     */
    Class<? extends Target> target() default Target.class;

    /** Settings of the target, {@code "reads=any-follower"}; {@code configuration} too. */
    String[] settings() default {};

    /** The workload; empty: that of the configuration, else {@code register}. */
    String workload() default "";

    /** Options of the workload, {@code "keys=4"}. */
    String[] options() default {};

    /** What strikes the run, or the cluster that the method holds while it holds it; nothing by default. */
    FaultKind[] nemesis() default {};

    /** The shapes that partitions have, where {@link #nemesis} names them; none: all. */
    PartitionShape[] partitions() default {};

    /** Milliseconds between a heal and the next fault: one number, or the least and the most; none: as usual. */
    long[] gapMillis() default {};

    /** Milliseconds for which a fault is kept in force: one number, or the least and the most; none: as usual. */
    long[] holdMillis() default {};

    /** How many seeds, beside those that failed before; 1 or more. */
    int seeds() default 1;

    /** The first of them; the others follow. */
    long firstSeed() default 1;

    /** How many nodes; 0: as the configuration says, else 3. */
    int nodes() default 0;

    /** How many sessions; 0: 8. */
    int sessions() default 0;

    /** The run ends after so many operations; 0: 2,000 in virtual time, else it ends by its time. */
    long operations() default 0;

    /** The run ends after so many milliseconds of its clock; 0: 10 s in real time, else it ends by its operations. */
    long lastingMillis() default 0;

    /** Requests a second over all sessions; 0: 1,000 in virtual time, else as fast as sessions are answered. */
    double ratePerSecond() default 0;

    /** How requests come; all but a closed loop need a rate in real time. */
    Load load() default Load.CLOSED;

    /**
     * Names of what is judged of a run, {@code "read-your-writes"}; none: all that the workload can show. What {@link #promise}
     * says goes before it.
     */
    String[] guarantees() default {};

    /** Whether a run ends as soon as a guarantee is seen broken that can be judged while it goes on. */
    boolean failFast() default false;

    /**
     * Whether a run that lacks evidence (a fault that never took hold, no write acknowledged), or whose integrity is broken (a
     * value that nobody wrote was read), fails a test that passed.
     */
    boolean evidenceRequired() default true;

    /**
     * A file of promises, {@code "umpire.promise.json"}, of which a relative path begins where the tests run. Each run is judged
     * by the promise that is meant for its target and settings, and a test that passed fails where that was not kept or not
     * shown; a known anomaly is borne until its day. Empty: none.
     */
    String promise() default "";

    /** Whether the folders of runs are kept whose test passed. */
    boolean keep() default false;
}
