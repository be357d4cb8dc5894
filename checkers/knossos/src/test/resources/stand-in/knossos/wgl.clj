(ns knossos.wgl
  (:require [knossos.stand-in :as stand-in]))

(defn analysis
  ([model history] (analysis model history {}))
  ([model history _] (assoc (stand-in/analysis model history false) :analyzer :wgl)))
