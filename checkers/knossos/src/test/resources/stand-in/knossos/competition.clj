(ns knossos.competition
  (:require [knossos.stand-in :as stand-in]))

(defn analysis
  ([model history] (analysis model history {}))
  ([model history _] (stand-in/analysis model history true)))
