(ns knossos.stand-in
  "Stands in for the searches of Knossos in tests: sets of configurations, without any memo, and result maps of the same
  shape. A history that writes one of the words below makes it behave as badly as the real one can."
  (:require [knossos.model :as model]))

(defn- misbehave [history]
  (doseq [op history]
    (case (:value op)
      "throw" (throw (AssertionError. "Assert failed: the stand-in was asked to"))
      "sleep" (while true (try (Thread/sleep 1000) (catch InterruptedException _ nil)))
      "leak" (.start (Thread. #(while true (try (Thread/sleep 1000) (catch InterruptedException _ nil)))))
      "halt" (.halt (Runtime/getRuntime) 3)
      nil)))

(defn- answer-at-once [history]
  (first (keep #(case (:value %)
                  "give up" {:valid? :unknown :cause :out-of-memory}
                  "no map" 42
                  "no operation" {:valid? false}
                  nil)
               history)))

(defn- pairs
  "The history as [event id] and operations by id; the value of an answered invocation is that of its answer."
  [history]
  (loop [events [] ops {} running {} todo (seq history) id 0]
    (if-let [{:keys [process type f value] :as event} (first todo)]
      (let [open (running process)]
        (case type
          :invoke (if open
                    (throw (RuntimeException. (str "Process " process " already running " open)))
                    (recur (conj events [:invoke id]) (assoc ops id {:invoke event})
                           (assoc running process id) (next todo) (inc id)))
          :ok (do (assert open (str "Process completed an operation without a prior invocation: " event))
                  (recur (conj events [:ok open])
                         (-> ops (assoc-in [open :invoke :value] value) (assoc-in [open :ok] event))
                         (dissoc running process) (next todo) id))
          :fail (do (assert (= value (get-in ops [open :invoke :value])))
                    (recur (filterv #(not= open (second %)) events) (dissoc ops open)
                           (dissoc running process) (next todo) id))
          :info (recur events (cond-> ops open (assoc-in [open :info] event)) running (next todo) id)))
      [events ops])))

(defn- with-ends
  "Whoever never ended is :info after all others, under a new index."
  [ops]
  (let [last-index (reduce max -1 (keep :index (mapcat vals (vals ops))))
        open (sort (keep (fn [[id op]] (when-not (or (:ok op) (:info op)) id)) ops))]
    (reduce (fn [ops [id n]]
              (assoc-in ops [id :info] (assoc (get-in ops [id :invoke]) :type :info :index (+ last-index 1 n))))
            ops
            (map vector open (range)))))

(defn- take-effect [ops config id]
  (let [op (ops id)
        model (model/step (:model config) (:invoke op))]
    (when-not (model/inconsistent? model)
      {:model model :last-op (or (:ok op) (:invoke op)) :pending (disj (:pending config) id)})))

(defn- just-in-time
  "All configurations in which the operation takes effect, last of all."
  [ops config id]
  (if-not ((:pending config) id)
    [config]
    (concat (when-let [done (take-effect ops config id)] [done])
            (mapcat #(just-in-time ops % id)
                    (keep #(take-effect ops config %) (disj (:pending config) id))))))

(defn- eager [ops config]
  (cons config (mapcat #(eager ops %) (keep #(take-effect ops config %) (:pending config)))))

(defn- paths [ops config id op-of]
  (mapcat (fn [other]
            (let [op (ops other)
                  model (model/step (:model config) (:invoke op))
                  path [{:op (if (= id other) (:ok op) (op-of op)) :model model}]]
              (if (model/inconsistent? model)
                [path]
                (map #(into path %) (paths ops (take-effect ops config other) id op-of)))))
          (:pending config)))

(defn- final-paths [ops configs id op-of]
  (set (for [{:keys [last-op model] :as config} configs
             path (paths ops config id op-of)]
         (if last-op (into [{:op last-op :model model}] path) path))))

(defn- told [ops config]
  (update config :pending (partial mapv (comp :invoke ops))))

(defn- invalid [ops configs id previous linear?]
  (merge {:valid? false
          :op (:ok (ops id))
          :previous-ok previous
          :final-paths (final-paths (with-ends ops) configs id (if linear? :invoke #(or (:ok %) (:info %))))}
         (when linear?
           {:configs (map #(told ops %) configs) :last-op previous})))

(defn analysis [model history linear?]
  (misbehave history)
  (or (answer-at-once history)
      (let [[events ops] (pairs history)]
        (loop [configs [{:model model :last-op nil :pending (sorted-set)}] previous nil todo (seq events)]
          (if-let [[type id] (first todo)]
            (if (= :invoke type)
              (recur (map #(update % :pending conj id) configs) previous (next todo))
              (let [after (cond->> (mapcat #(just-in-time ops % id) configs)
                            (not linear?) (mapcat #(eager ops %)))]
                (if (empty? after)
                  (invalid ops configs id previous linear?)
                  (recur (distinct after) (:ok (ops id)) (next todo)))))
            (if linear?
              {:valid? true :configs (map #(told ops %) configs)}
              {:valid? true :model (:model (first configs))}))))))
