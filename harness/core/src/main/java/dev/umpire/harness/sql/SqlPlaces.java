package dev.umpire.harness.sql;

import java.util.function.BooleanSupplier;

/**
 * How a node tells as of which place in the log of its store it has answered a read: all that stands before the one place can
 * be read from then on, nothing that stands behind the other could be read until then, and where both are the same, the read
 * between them saw all before it and nothing behind it. Where they differ, nobody knows. The driver must take several
 * statements in one.
 *
 * @param before a query of one number, null where it is not known: the first place, 0 or more
 * @param after a query of one number, null where it is not known: the other
 * @param ofOneLog whether all places that were told until now are of one log, and so can be compared; asked after each read,
 *     on its thread
 */
public record SqlPlaces(String before, String after, BooleanSupplier ofOneLog) {}
