/**
 * Histories as other people's tools write them.
 *
 * <p>In: bytes. Out: events handed to an {@link dev.umpire.histories.internal.EventSink}, or the other way round, the
 * text of {@link dev.umpire.histories.foreign.SessionTransactions}. One class a format: {@code PlumeText}, {@code AwditText},
 * {@code DbcopText}, {@code DbcopJson} and {@code EtcdOperations}.
 *
 * <p>Decision: the first four keep the order within each session and nothing else. Their transactions are handed on in an
 * order in which no transaction reads what is not yet written, where there is one, and their histories say that they keep no
 * real time ({@link dev.umpire.histories.History#realTime}).
 *
 * <p>Decision: of an etcd request, what it did to which key is told as a function of Umpire's where there is one. What has
 * none (leases, compaction, reads of old revisions) is kept as an event of nobody's operation, and judged by nobody.
 */
@NullMarked
package dev.umpire.histories.foreign;

import org.jspecify.annotations.NullMarked;
