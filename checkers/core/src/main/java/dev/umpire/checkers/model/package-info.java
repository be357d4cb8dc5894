/**
 * Models: what an object may answer when operations come one after the other.
 *
 * <p>In: the name of a model, or a model of one's own. Out: a pure {@code step} from state to state that a search can call
 * in any order. Start with {@link dev.umpire.checkers.model.Model}; {@link dev.umpire.checkers.model.Models} knows the
 * built-in ones by name.
 *
 * <p>Decision: a step has one result. Where the outcome is not known and an object could have gone several ways (a dequeue
 * without answer from a queue without order), the state is the set of the ways it may have gone. The price: such states are
 * larger; the gain: whoever searches need not know.
 */
@NullMarked
package dev.umpire.checkers.model;

import org.jspecify.annotations.NullMarked;
