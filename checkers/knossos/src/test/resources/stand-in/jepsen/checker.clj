(ns jepsen.checker
  "Stands in for Jepsen's protocol of checkers in tests.")

(defprotocol Checker
  (check [checker test history opts]))
