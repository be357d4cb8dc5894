package dev.umpire.checkers.knossos.analysis;

import dev.umpire.checkers.linearizable.ObjectHistories;
import dev.umpire.checkers.verdict.CheckOptions;
import dev.umpire.histories.History;

/**
 * What is to be analysed.
 *
 * @param history all of it
 * @param options what a checker is told; the model by its name, if by anything
 * @param objects the history taken apart
 * @param algorithm which search
 * @param limitMillis how long all objects together may take, in milliseconds; 1 or more
 */
public record Task(
        History history, CheckOptions options, ObjectHistories objects, Algorithm algorithm, long limitMillis) {
    public Task {
        if (limitMillis < 1) {
            throw new IllegalArgumentException("limitMillis: found " + limitMillis + ", expected 1 or more");
        }
    }

    /**
     * How long one object may take of what is left: half, unless it is the last, so that one hard object does not take the
     * time of all that follow.
     *
     * @param leftMillis how much is left, in milliseconds
     */
    public long shareMillis(int object, long leftMillis) {
        return object == objects.count() - 1 ? leftMillis : Math.max(1, leftMillis / 2);
    }
}
