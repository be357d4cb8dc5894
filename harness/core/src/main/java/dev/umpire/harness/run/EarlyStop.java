package dev.umpire.harness.run;

/**
 * Why a run ended before its plan was carried out: a guarantee was seen broken while it went on.
 *
 * @param guarantee the name of the first one that was, in the order of the plan
 * @param operation the number of the operation that broke it, in the history of the run
 * @param sentence what was seen then
 */
public record EarlyStop(String guarantee, int operation, String sentence) {}
