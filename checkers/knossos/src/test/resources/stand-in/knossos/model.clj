(ns knossos.model
  "Stands in for the models of Knossos in tests: the same names, states and words of refusal, by a mind of its own."
  (:refer-clojure :exclude [set]))

(defprotocol Model
  (step [model op]))

(defrecord Inconsistent [msg]
  Model
  (step [model _] model))

(defn inconsistent [msg]
  (Inconsistent. msg))

(defn inconsistent? [model]
  (instance? Inconsistent model))

(defrecord Register [value]
  Model
  (step [model op]
    (let [v (:value op)]
      (case (:f op)
        :write (assoc model :value v)
        :read (if (or (nil? v) (= v value)) model (inconsistent (str value "≠" v)))))))

(defn register
  ([] (register nil))
  ([value] (Register. value)))

(defrecord CASRegister [value]
  Model
  (step [model op]
    (let [v (:value op)]
      (case (:f op)
        :write (assoc model :value v)
        :cas (let [[from to] v]
               (if (= from value)
                 (assoc model :value to)
                 (inconsistent (str "can't CAS " value " from " from " to " to))))
        :read (if (or (nil? v) (= v value))
                model
                (inconsistent (str "can't read " v " from register " value)))))))

(defn cas-register
  ([] (cas-register nil))
  ([value] (CASRegister. value)))

(defrecord Mutex [locked?]
  Model
  (step [model op]
    (case (:f op)
      :acquire (if locked? (inconsistent "already held") (assoc model :locked? true))
      :release (if locked? (assoc model :locked? false) (inconsistent "not held")))))

(defn mutex []
  (Mutex. false))

(defrecord Set [s]
  Model
  (step [model op]
    (case (:f op)
      :add (assoc model :s (conj s (:value op)))
      :read (if (= s (:value op)) model (inconsistent (str "can't read " (:value op) " from " s))))))

(defn set []
  (Set. #{}))

(defrecord FIFOQueue [q]
  Model
  (step [model op]
    (case (:f op)
      :enqueue (assoc model :q (conj q (:value op)))
      :dequeue (if (and (seq q) (= (peek q) (:value op)))
                 (assoc model :q (pop q))
                 (inconsistent (str "can't dequeue " (:value op)))))))

(defn fifo-queue []
  (FIFOQueue. clojure.lang.PersistentQueue/EMPTY))
