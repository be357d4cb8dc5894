package dev.umpire.checkers.online;

/**
 * Since when operations are under way, the one that completes at the moment included.
 *
 * @param inSession the position of the first invocation among those of the session: what completed before it lies before all
 *     that the session may still read
 * @param anywhere the same of all sessions
 */
record Open(long inSession, long anywhere) {}
