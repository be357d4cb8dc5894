package dev.umpire.harness.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.umpire.checkers.verdict.Anomaly;
import dev.umpire.harness.run.Promised;
import dev.umpire.harness.run.Run;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

class HtmlReportTest {
    private static final Anomaly STALE =
            new Anomaly("STALE_OWN_READ", "x", "the session no longer sees its own write.", List.of(0, 1, 2));
    private static final Run RUN = RunExamples.run(
            RunExamples.history(RunExamples.STALE_OWN_READ),
            RunExamples.broken("read-your-writes", STALE),
            RunExamples.undecided("eventual", "no key has a final read"));

    @Test
    void thePageTellsVerdictsPlanEvidenceAndTheAnomalyInWords() {
        assertThat(HtmlReport.of(RUN))
                .contains("✗ broken", "? undecided", "no key has a final read")
                .contains("reads=any-follower")
                .contains("the session no longer sees its own write.")
                .contains("wrote x=41 at n1")
                .contains("partition");
    }

    @Test
    void whatIsPromisedStandsBesideEachVerdict() {
        Promised kept = new Promised(
                "configuration sl-<token>",
                List.of("read-your-writes+monotonic-reads", "durability"),
                "real-time",
                List.of());
        Promised struckBesides =
                new Promised(kept.by(), List.of("read-your-writes"), "real-time", List.of("clock", "loss"));

        assertThat(HtmlReport.of(RUN.promising(kept)))
                .contains(
                        ">configuration sl-&lt;token&gt; promises read-your-writes+monotonic-reads, durability, and covers"
                                + " every fault of this run.<",
                        ">✗ broken</td>\n<td>promised, as it follows from read-your-writes+monotonic-reads</td>",
                        ">? undecided</td>\n<td>not promised</td>");
        assertThat(HtmlReport.of(RUN.promising(struckBesides)))
                .contains(
                        "but not under clock, loss, which this run meets.<",
                        ">✗ broken</td>\n<td>promised, but not under clock, loss</td>");
        assertThat(HtmlReport.of(RUN)).contains("No promise is known").doesNotContain(">promised", ">not promised");
    }

    @Test
    void everyLinkToAnOperationHasItsAnchorAndEveryAnchorIsUnique() {
        String page = HtmlReport.of(RUN);
        List<String> anchors = found(page, "id=\"(op-[0-9]+)\"");

        assertThat(anchors).doesNotHaveDuplicates().contains("op-10", "op-14", "op-16", "op-20");
        assertThat(anchors).containsAll(found(page, "href=\"#(op-[0-9]+)\""));
    }

    @Test
    void thePageNeedsNoNetworkAndAllowsItsOwnScriptAlone() throws Exception {
        String page = HtmlReport.of(RUN);
        String script = page.substring(page.lastIndexOf("<script>") + 8, page.lastIndexOf("</script>"));
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(script.getBytes(StandardCharsets.UTF_8));

        assertThat(page)
                .doesNotContain("http://", "https://", "src=", "@import", "url(")
                .contains("default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-"
                        + Base64.getEncoder().encodeToString(digest) + "'\"");
        assertThat(found(page, "(?i)<(script[^>]*)>"))
                .containsExactly("script type=\"application/json\" id=\"data\"", "script");
    }

    @Test
    void whatIsSaidUpToTheDiagramIsSaidWithoutTheScript() {
        String page = HtmlReport.of(RUN);

        assertThat(page.substring(0, page.indexOf("<script")))
                .contains("✗ broken", "the session no longer sees its own write.", "wrote x=41 at n1", "id=\"op-16\"");
    }

    @Test
    void thePictureHasALaneForEachSessionTheFaultAndTheWitnessInOrder() throws Exception {
        NodeList bars = picture(HtmlReport.of(RUN)).getElementsByTagName("rect");
        int witnesses = 0;
        int faults = 0;
        for (int i = 0; i < bars.getLength(); i++) {
            String style = bars.item(i).getAttributes().getNamedItem("class").getNodeValue();
            witnesses += style.startsWith("witness") ? 1 : 0;
            faults += style.equals("fault") ? 1 : 0;
        }

        assertThat(witnesses).isEqualTo(3);
        assertThat(faults).isEqualTo(1);
        assertThat(HtmlReport.of(RUN)).contains(">session 3</text>", ">session 5</text>", "2 wrote x=41 at n1");
    }

    @Test
    void thePictureHasALaneForEachNodeAndTheMessagesToIt() {
        String page = HtmlReport.of(RUN);

        assertThat(page).contains(">node n1</text>", ">node n2</text>");
        assertThat(found(page, "class=\"(message witness)\"")).hasSize(3);
        assertThat(found(page, "class=\"(carried witness)\"")).hasSize(1);
        assertThat(found(page, "class=\"(struck)\"")).hasSize(2);
    }

    @Test
    void logsOfNodesStandThereAsData() {
        NodeLog log = new NodeLog("n1", List.of("12.000 ms  <b>leads</b> \u001b[31m"), 4_096);

        assertThat(HtmlReport.of(RUN, new RunLogs(List.of(log), Map.of()), List.of()))
                .contains("n1.log, its last 1 line; 4,096 bytes before them left out")
                .contains("12.000 ms  &lt;b&gt;leads&lt;/b&gt; \\u001b[31m");
    }

    @Test
    void howStaleReadsWereIsToldInClasses() {
        String page = HtmlReport.of(RUN);

        assertThat(page)
                .contains("How stale reads were", "up to 300 ms")
                .doesNotContain("How far replicas were behind");
    }

    @Test
    void howFarReplicasWereBehindIsToldInWhatPositionsCountOrNotAtAll() {
        Run run = RunExamples.run(RunExamples.history("""
                {:type :invoke, :process 1, :f :read, :key "x", :value nil, :node "n2", :time 1000000}
                {:type :ok, :process 1, :f :read, :key "x", :value nil, :node "n2", :time 2000000, :asOf 9000}
                {:type :invoke, :process 1, :f :read, :key "x", :value nil, :node "n3", :time 3000000}
                {:type :ok, :process 1, :f :read, :key "x", :value nil, :node "n3", :time 4000000, :asOf 6000}
                {:type :invoke, :process 1, :f :read, :key "x", :value nil, :node "n1", :time 5000000}
                {:type :ok, :process 1, :f :read, :key "x", :value nil, :node "n1", :time 6000000}
                """));

        assertThat(HtmlReport.of(run))
                .contains(
                        "How far replicas were behind the one that was furthest",
                        "In entries of the store",
                        "up to 3,000 entries")
                .contains(
                        "It is told by 2 of 3 acknowledged operations (read), and no other tells a place: replicas are"
                                + " measured against each other alone.")
                .contains("\"lagUnit\":\"entries\"");
        assertThat(HtmlReport.of(run.withPositionsIn(Optional.of("byte")).begunAfter(5)))
                .contains("In bytes of the store", "up to 3,000 bytes", "\"lagUnit\":\"bytes\"")
                .doesNotContain("entries of the");
        assertThat(HtmlReport.of(run.withPositionsIn(Optional.empty())))
                .contains("\"behind\":{}")
                .doesNotContain("How far replicas were behind");
    }

    @Test
    void whereWritesTellTheirPlacesReplicasAreMeasuredAgainstThemToo() {
        Run run = RunExamples.run(RunExamples.history("""
                {:type :invoke, :process 1, :f :write, :key "x", :value 1, :node "n1", :time 1000000}
                {:type :ok, :process 1, :f :write, :key "x", :value 1, :node "n1", :time 2000000, :position 9000}
                {:type :invoke, :process 1, :f :read, :key "x", :value nil, :node "n2", :time 3000000}
                {:type :ok, :process 1, :f :read, :key "x", :value nil, :node "n2", :time 4000000, :asOf 6000}
                """));

        assertThat(HtmlReport.of(run))
                .contains("up to 3,000 entries", "It is told by 1 of 1 acknowledged operation (read).");
    }

    @Test
    void markupInValuesIsDataEverywhere() {
        String nasty = "</style><script>alert(1)</script>\\\" onload='x' \\u001b[31m";
        String edn =
                RunExamples.STALE_OWN_READ.replace("41", "\"" + nasty + "\"").replace("\"n1\"", "\"n<1>\"");
        Anomaly anomaly = new Anomaly("<b>", "<i>", "read \"</svg><script>\" & more \u001b[0m", List.of(0, 1, 2));
        String page = HtmlReport.of(
                RunExamples.run(RunExamples.history(edn), RunExamples.broken("read-your-writes", anomaly)));

        assertThat(page).doesNotContainIgnoringCase("<script>alert").doesNotContain("<b>", "<i>", "n<1>", "\u001b");
        assertThat(found(page, "(?i)</(script)")).hasSize(2);
        assertThat(found(page, "(?i)<(script)")).hasSize(2);
        assertThat(page.split("</style>", -1)).hasSize(2);
        assertThat(page.split("</svg>", -1)).hasSize(2);
        assertThat(page).contains("&lt;/style&gt;&lt;script&gt;", "\\u001b[0m");
    }

    @Test
    void ofALargeHistoryOnlyWhatSurroundsTheAnomaliesIsEmbeddedAndThePageSaysSo() {
        StringBuilder edn = new StringBuilder();
        for (int i = 0; i < 3_000; i++) {
            edn.append("{:type :invoke, :process 1, :f :write, :key \"k\", :value ")
                    .append(i)
                    .append("}\n");
            edn.append("{:type :ok, :process 1, :f :write, :key \"k\", :value ")
                    .append(i)
                    .append("}\n");
        }
        Anomaly anomaly = new Anomaly("K", "k", "two writes", List.of(1_500, 1_510));
        String page = HtmlReport.of(
                RunExamples.run(RunExamples.history(edn.toString()), RunExamples.broken("integrity", anomaly)));

        assertThat(found(page, "id=\"(op-[0-9]+)\"")).hasSizeBetween(11, 200);
        assertThat(page).contains("of 3,000 operations stand here");
    }

    @Test
    void theLinesThatMakeTheRunAgainStandInTheSummaryToBeCopied() {
        List<String> commands = List.of("./umpire replay 'runs/<b>'", "./umpire run simulated --seed 7");
        String page = HtmlReport.of(RUN, RunLogs.NONE, commands);

        assertThat(page.substring(0, page.indexOf("<h2>Plan</h2>")))
                .contains("<pre tabindex=\"0\">./umpire replay &#39;runs/&lt;b&gt;&#39;\n"
                        + "./umpire run simulated --seed 7\n</pre>");
        assertThat(HtmlReport.of(RUN)).doesNotContain("Commands", "To be pasted");
    }

    @Test
    void theSameRunGivesTheSamePage() {
        assertThat(HtmlReport.of(RUN)).isEqualTo(HtmlReport.of(RUN));
    }

    private static org.w3c.dom.Element picture(String page) throws Exception {
        String svg = page.substring(page.indexOf("<svg"), page.indexOf("</svg>") + "</svg>".length());
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(svg)))
                .getDocumentElement();
    }

    private static List<String> found(String page, String regex) {
        Matcher matcher = Pattern.compile(regex).matcher(page);
        return matcher.results().map(result -> result.group(1)).toList();
    }
}
