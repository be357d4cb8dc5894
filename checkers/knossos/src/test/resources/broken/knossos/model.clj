(ns knossos.model)
(throw (IllegalStateException. "of a broken stand-in"))
