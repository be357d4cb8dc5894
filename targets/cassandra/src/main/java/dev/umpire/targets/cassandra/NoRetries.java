package dev.umpire.targets.cassandra;

import com.datastax.oss.driver.api.core.ConsistencyLevel;
import com.datastax.oss.driver.api.core.context.DriverContext;
import com.datastax.oss.driver.api.core.retry.RetryDecision;
import com.datastax.oss.driver.api.core.retry.RetryPolicy;
import com.datastax.oss.driver.api.core.retry.RetryVerdict;
import com.datastax.oss.driver.api.core.servererrors.CoordinatorException;
import com.datastax.oss.driver.api.core.servererrors.WriteType;
import com.datastax.oss.driver.api.core.session.Request;

/**
 * Lets Cassandra's driver ask nothing twice. Its own policy asks again after a read timeout, whatever was asked: a lightweight
 * transaction reads before it decides, and a second one that finds what the first one wrote would seem to have failed. Public
 * because the driver makes it, by its name.
 */
public final class NoRetries implements RetryPolicy {

    /** As the driver makes it: for one of its profiles, of which it needs to know nothing. */
    public NoRetries(DriverContext context, String profile) {
        // the same for all
    }

    @Override
    public RetryVerdict onReadTimeoutVerdict(
            Request request, ConsistencyLevel level, int awaited, int received, boolean dataPresent, int retries) {
        return RetryVerdict.RETHROW;
    }

    @Override
    public RetryVerdict onWriteTimeoutVerdict(
            Request request, ConsistencyLevel level, WriteType type, int awaited, int received, int retries) {
        return RetryVerdict.RETHROW;
    }

    @Override
    public RetryVerdict onUnavailableVerdict(
            Request request, ConsistencyLevel level, int required, int alive, int retries) {
        return RetryVerdict.RETHROW;
    }

    @Override
    public RetryVerdict onRequestAbortedVerdict(Request request, Throwable failure, int retries) {
        return RetryVerdict.RETHROW;
    }

    @Override
    public RetryVerdict onErrorResponseVerdict(Request request, CoordinatorException failure, int retries) {
        return RetryVerdict.RETHROW;
    }

    @Override
    @SuppressWarnings("deprecation") // never asked, where the one above is, but still to be there
    public RetryDecision onReadTimeout(
            Request request, ConsistencyLevel level, int awaited, int received, boolean dataPresent, int retries) {
        return RetryDecision.RETHROW;
    }

    @Override
    @SuppressWarnings("deprecation") // the same
    public RetryDecision onWriteTimeout(
            Request request, ConsistencyLevel level, WriteType type, int awaited, int received, int retries) {
        return RetryDecision.RETHROW;
    }

    @Override
    @SuppressWarnings("deprecation") // the same
    public RetryDecision onUnavailable(Request request, ConsistencyLevel level, int required, int alive, int retries) {
        return RetryDecision.RETHROW;
    }

    @Override
    @SuppressWarnings("deprecation") // the same
    public RetryDecision onRequestAborted(Request request, Throwable failure, int retries) {
        return RetryDecision.RETHROW;
    }

    @Override
    @SuppressWarnings("deprecation") // the same
    public RetryDecision onErrorResponse(Request request, CoordinatorException failure, int retries) {
        return RetryDecision.RETHROW;
    }

    @Override
    public void close() {
        // nothing is open
    }
}
