/** What the harness costs a test: JMH benchmarks, built by {@code -Pbenchmarks}. */
@NullMarked
package dev.umpire.harness.benchmarks;

import org.jspecify.annotations.NullMarked;
