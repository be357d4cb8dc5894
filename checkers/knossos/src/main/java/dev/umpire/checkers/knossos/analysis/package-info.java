/**
 * What is asked of Knossos and what it says, without a word of Clojure.
 *
 * <p>In: a history, its options, an algorithm and a time. Out: a {@link dev.umpire.checkers.knossos.analysis.Finding} for
 * each object of the history. Start with {@link dev.umpire.checkers.knossos.analysis.Analyst}.
 *
 * <p>Decision: these types are all that passes between us and the classes that need Clojure, so that those can be loaded
 * where Clojure is: by a class loader of their own, or in a process of their own.
 */
@NullMarked
package dev.umpire.checkers.knossos.analysis;

import org.jspecify.annotations.NullMarked;
