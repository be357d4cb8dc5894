/**
 * The client's side of a store: a session's connection, whatever the store.
 *
 * <p>In: requests of a session. Out: their responses. Start with
 * {@link dev.umpire.targets.simulated.client.StoreClient}; what differs from store to store is a
 * {@link dev.umpire.targets.simulated.client.ClientProtocol}.
 *
 * <p>Decisions: a client has one request at a time, and that is with one node at a time. It tries again only when the last
 * try certainly had no effect, unless its protocol can repeat a request without doing it twice. Every try has an id of its
 * own, so that an answer that comes late is not taken for one to a later try.
 */
@NullMarked
package dev.umpire.targets.simulated.client;

import org.jspecify.annotations.NullMarked;
