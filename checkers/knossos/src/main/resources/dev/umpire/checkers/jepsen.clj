(ns dev.umpire.checkers.jepsen
  "Umpire's guarantees as checkers of a Jepsen test.

      (require '[dev.umpire.checkers.jepsen :as umpire])

      (checker/compose {:own-writes (umpire/checker :read-your-writes)
                        :register   (independent/checker
                                      (umpire/checker :linearizable {:model :cas-register, :initial 0}))})

  A session is a process of the history, and operations are those of a register: :read, :write, :cas; or what the model
  says. Where values are [key value] pairs all keys are judged together: that is needed for what holds between keys, such
  as :consistent-prefix."
  (:require [clojure.string :as string]
            [jepsen.checker :as checker])
  (:import (dev.umpire.checkers Guarantee)
           (dev.umpire.checkers.verdict Anomaly Answer CheckOptions NilReads Verdict WriteOrder)
           (dev.umpire.histories History ReadOptions ReadOptions$Keys)
           (dev.umpire.histories.edn EdnReader)
           (java.util Optional)))

(def ^:private known-options #{:write-order :model :nil-reads :anomalies :initial :keys})

(defn- edn
  "A value as text; bindings under which somebody prints shorter or prettier do not reach it."
  [value]
  (binding [*print-length* nil, *print-level* nil, *print-meta* false, *print-dup* false
            *print-namespace-maps* false, *print-readably* true]
    (pr-str value)))

(defn- one-of [enum option value]
  (let [wanted (-> (name value) (string/replace "-" "_") string/upper-case)
        values (.getEnumConstants ^Class enum)]
    (or (first (filter #(= wanted (.name ^Enum %)) values))
        (throw (IllegalArgumentException.
                 (str option ": found " (edn value) ", expected one of "
                      (string/join ", " (map #(str ":" (-> (.name ^Enum %) (string/replace "_" "-") string/lower-case))
                                             values))))))))

(defn- check-options ^CheckOptions [{:keys [write-order model nil-reads anomalies]}]
  (cond-> CheckOptions/DEFAULT
    write-order (.with ^WriteOrder (one-of WriteOrder :write-order write-order))
    nil-reads (.with ^NilReads (one-of NilReads :nil-reads nil-reads))
    model (.withModel (name model))
    anomalies (.withAnomalyLimit (int anomalies))))

(defn- read-options ^ReadOptions [{:keys [initial keys] :as options}]
  (cond-> ReadOptions/DEFAULT
    (contains? options :initial) (.withInitial (EdnReader/parse (edn initial)))
    keys (.withKeys ^ReadOptions$Keys (one-of ReadOptions$Keys :keys keys))))

(defn- line
  "An operation with what a history needs of it; the rest, such as exceptions and the values of a nemesis, need not be
  readable."
  [op]
  (edn (into {} (keep (fn [k] (when-some [v (k op)] [k v])))
             (cond-> [:process :type :f :time :index]
               (integer? (:process op)) (conj :key :value :node :version :position :session :phase)))))

(defn history
  "A Jepsen history as Umpire reads it."
  (^History [ops] (history ops {}))
  (^History [ops options]
   (let [text (StringBuilder.)]
     (doseq [op ops]
       (.append text ^String (line op))
       (.append text \newline))
     (History/parse (.toString text) (read-options options)))))

(defn- or-nil [^Optional o]
  (.orElse o nil))

(defn- anomaly [ops ^Anomaly a ^History h]
  (cond-> {:kind (keyword (-> (.kind a) string/lower-case (string/replace "_" "-")))
           :sentence (.sentence a)
           :ops (mapv #(nth ops (.invoked h (int %)) nil) (.operations a))}
    (seq (.key a)) (assoc :key (.key a))
    (seq (.details a)) (assoc :details (vec (.details a)))))

(defn result
  "A verdict as the result map of a checker."
  [ops ^History h ^Verdict verdict]
  (let [reason (or-nil (.reason verdict))
        assumes (or-nil (.assumes verdict))]
    (cond-> {:valid? (condp = (.answer verdict)
                       Answer/VALID true
                       Answer/INVALID false
                       :unknown)
             :guarantee (keyword (.guarantee verdict))
             :algorithm (.algorithm verdict)
             :obliged (.obliged verdict)
             :examined (.examined verdict)
             :anomaly-count (.anomalyCount verdict)
             :anomalies (mapv #(anomaly ops % h) (.anomalies verdict))}
      (.anomalyCountIsLowerBound verdict) (assoc :anomaly-count-is-lower-bound true)
      reason (assoc :reason reason)
      assumes (assoc :assumes assumes))))

(defn checker
  "A checker of one guarantee by its name, such as :read-your-writes or \"bounded-staleness:500ms\".

  Options:
    :write-order  :real-time (default), :session or :none: what is assumed of the order of writes
    :initial      the value of every key before its first write; default nil
    :model        for :linearizable and :sequential, such as :cas-register; default: as the functions say
    :nil-reads    :absent (default) or :unknown: what a read of nil says
    :keys         :detect (default), :independent or :single: whether values are [key value]
    :anomalies    how many are listed; default 10"
  ([guarantee] (checker guarantee {}))
  ([guarantee options]
   (when-let [unknown (seq (remove known-options (keys options)))]
     (throw (IllegalArgumentException.
              (str "options: found " (string/join ", " unknown) ", expected some of "
                   (string/join ", " (sort known-options))))))
   (let [judge (Guarantee/named (name guarantee))
         told (check-options options)]
     (read-options options)
     (reify checker/Checker
       (check [_ _test ops _opts]
         (let [ops (vec ops)
               h (history ops options)]
           (result ops h (.check judge h told))))))))

(defn guarantees
  "The names of all guarantees."
  []
  (mapv #(keyword (.name ^Guarantee %)) (Guarantee/all)))
