package dev.umpire.harness.cli.serve;

import dev.umpire.harness.report.HtmlReport;

/** What browsers may do with an answer: values of Content-Security-Policy. */
final class Policy {
    private static final String FRAMED_BY_NOBODY = "; base-uri 'none'; frame-ancestors 'none'";

    /** Nothing but show it. */
    static final String NOTHING = "default-src 'none'; form-action 'none'" + FRAMED_BY_NOBODY;

    /** Our own style and script, questions to this server, and forms that lead to it. */
    static final String PAGE = "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self';"
            + " img-src 'self'; form-action 'self'" + FRAMED_BY_NOBODY;

    private Policy() {}

    /**
     * The report of a run, which may come from anybody: of its scripts the one that this version of Umpire writes may run,
     * and as a page of no origin, so that it can ask this server nothing.
     */
    static String report() {
        return HtmlReport.policy() + "; form-action 'none'; sandbox allow-scripts" + FRAMED_BY_NOBODY;
    }
}
