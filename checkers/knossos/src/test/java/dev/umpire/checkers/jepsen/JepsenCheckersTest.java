package dev.umpire.checkers.jepsen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import clojure.java.api.Clojure;
import clojure.lang.IFn;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Our guarantees in a Jepsen test, of which only the protocol of checkers is here. */
class JepsenCheckersTest {
    private static final String HISTORY = """
            [{:process 0 :type :invoke :f :write :value 1 :time 1 :index 0}
             {:process 0 :type :ok :f :write :value 1 :time 2 :index 1}
             {:process :nemesis :type :info :f :start :value #object[Strange 0x1 "what"] :index 2}
             {:process 0 :type :invoke :f :write :value 2 :time 3 :index 3}
             {:process 0 :type :ok :f :write :value 2 :time 4 :index 4 :extra (1 2 3)}
             {:process 0 :type :invoke :f :read :value nil :time 5 :index 5}
             {:process 0 :type :ok :f :read :value 1 :time 6 :index 6}]
            """;

    private static ClassLoader before = Thread.currentThread().getContextClassLoader();
    private static IFn eval = Clojure.var("clojure.core", "eval");

    @BeforeAll
    static void load() {
        URL protocol = JepsenCheckersTest.class.getResource("/stand-in/");
        before = Thread.currentThread().getContextClassLoader();
        Thread.currentThread()
                .setContextClassLoader(
                        new URLClassLoader(new URL[] {protocol}, JepsenCheckersTest.class.getClassLoader()));
        Clojure.var("clojure.core", "require").invoke(Clojure.read("dev.umpire.checkers.jepsen"));
    }

    @AfterAll
    static void putBack() {
        Thread.currentThread().setContextClassLoader(before);
    }

    /** What an expression is, in which {@code h} is the history, and {@code check} and {@code umpire} are at hand. */
    private static Object value(String expression) {
        String history =
                HISTORY.replace("#object[Strange 0x1 \"what\"]", "(Object.)").replace("(1 2 3)", "(range 3)");
        Object form = Clojure.var("clojure.core", "read-string")
                .invoke("(do (require '[dev.umpire.checkers.jepsen :as umpire] '[jepsen.checker :as c])" + " (let [h "
                        + history + " check #(c/check % {:name \"t\"} h {})] " + expression + "))");
        return eval.invoke(form);
    }

    @Test
    void aStaleOwnReadIsAnInvalidResultWithItsSentenceAndItsOperations() {
        Map<?, ?> result = (Map<?, ?>) value("(check (umpire/checker :read-your-writes))");

        assertThat(result.get(Clojure.read(":valid?"))).isEqualTo(false);
        assertThat(value("(:guarantee (check (umpire/checker :read-your-writes)))"))
                .isEqualTo(Clojure.read(":read-your-writes"));
        assertThat(value("(-> (check (umpire/checker :read-your-writes)) :anomalies first :ops last :index)"))
                .isIn(5L, 6L);
        assertThat((String) value("(-> (check (umpire/checker :read-your-writes)) :anomalies first :sentence)"))
                .contains("session 0 ");
        assertThat(value("(-> (check (umpire/checker :read-your-writes)) :anomalies first :kind)"))
                .isEqualTo(Clojure.read(":stale-own-read"));
    }

    @Test
    void aGuaranteeThatIsKeptIsValid() {
        assertThat(value("(:valid? (check (umpire/checker :integrity)))")).isEqualTo(true);
    }

    @Test
    void whatWasNotProvenIsUnknownWithItsReason() {
        assertThat(value("(:valid? (check (umpire/checker :monotonic-reads)))")).isEqualTo(Clojure.read(":unknown"));
        assertThat((String) value("(:reason (check (umpire/checker :monotonic-reads)))"))
                .contains("nothing could have been violated");
    }

    @Test
    void theInitialValueAndTheModelAreTold() {
        String read = "(c/check (umpire/checker :linearizable {:model :cas-register :initial 7}) {}"
                + " [{:process 0 :type :invoke :f :read :value nil} {:process 0 :type :ok :f :read :value 7}] {})";

        assertThat(value("(:valid? " + read + ")")).isEqualTo(true);
        assertThat((String) value("(:algorithm " + read + ")")).contains("cas-register");
    }

    @Test
    void independentKeysAreJudgedTogether() {
        String check = "(:valid? (c/check (umpire/checker :read-your-writes {:keys :independent}) {}"
                + " [{:process 0 :type :invoke :f :write :value (clojure.lang.MapEntry/create 1 5)}"
                + "  {:process 0 :type :ok :f :write :value (clojure.lang.MapEntry/create 1 5)}"
                + "  {:process 0 :type :invoke :f :read :value [1 nil]} {:process 0 :type :ok :f :read :value [1 5]}] {}))";

        assertThat(value(check)).isEqualTo(true);
    }

    @Test
    void howAUserPrintsDoesNotChangeTheVerdict() {
        assertThat(value("(binding [*print-length* 2 *print-level* 1 *print-readably* nil]"
                        + " (:valid? (check (umpire/checker :read-your-writes))))"))
                .isEqualTo(false);
    }

    @Test
    void whatIsMisspeltIsRefusedWhenTheTestIsWritten() {
        assertThatThrownBy(() -> value("(umpire/checker :read-your-write)")).hasMessageContaining("read-your-writes");
        assertThatThrownBy(() -> value("(umpire/checker :linearizable {:modell :register})"))
                .hasMessageContaining("options: found :modell, expected some of :anomalies, :initial");
        assertThatThrownBy(() -> value("(umpire/checker :linearizable {:write-order :backwards})"))
                .hasMessageContaining(":write-order: found :backwards, expected one of :real-time, :session, :none");
    }

    @Test
    void theNamesOfAllGuaranteesAreThere() {
        assertThat(value("(umpire/guarantees)")).asString().contains(":read-your-writes", ":linearizable");
    }
}
