(ns knossos.competition)
