package dev.umpire.harness.cli.option;

import dev.umpire.checkers.Guarantee;
import dev.umpire.checkers.model.Models;
import dev.umpire.checkers.verdict.WriteOrder;
import dev.umpire.harness.nemesis.NemesisKinds;
import dev.umpire.harness.plan.Load;
import dev.umpire.harness.target.Target;
import dev.umpire.harness.workload.Workload;
import dev.umpire.harness.workload.Workloads;
import dev.umpire.histories.HistoryFormat;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.Stream;

/** The values that options can have, for the completion of a shell. */
public final class Candidates {
    private Candidates() {}

    /** What can be judged. */
    public static final class Guarantees implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return Guarantee.known().stream().map(Guarantee::name).iterator();
        }
    }

    /** What there are lists of, and the schema. */
    public static final class Lists implements Iterable<String> {
        /** What there are lists of, in their order. */
        public static final List<String> KINDS = List.of("targets", "workloads", "nemeses", "guarantees", "defects");

        /** Asks for the JSON Schema of a verdict. */
        public static final String SCHEMA = "schema";

        @Override
        public Iterator<String> iterator() {
            return Stream.concat(KINDS.stream(), Stream.of(SCHEMA)).iterator();
        }
    }

    /** The stores that come with the program. */
    public static final class TargetNames implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return ServiceLoader.load(Target.class).stream()
                    .map(found -> found.get().name())
                    .sorted()
                    .iterator();
        }
    }

    /** What is assumed of the order of writes. */
    public static final class WriteOrders implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return Stream.of(WriteOrder.values()).map(WriteOrder::optionName).iterator();
        }
    }

    /** What sessions ask. */
    public static final class WorkloadNames implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return Workloads.all().stream().map(Workload::name).iterator();
        }
    }

    /** How requests come. */
    public static final class Loads implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return Load.labels().iterator();
        }
    }

    /** What strikes. */
    public static final class Nemeses implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return NemesisKinds.all().stream().map(NemesisKinds.Listed::name).iterator();
        }
    }

    /** What a store can be. */
    public static final class ModelNames implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return Models.names().iterator();
        }
    }

    /** What histories are written as. */
    public static final class Formats implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return Arrays.stream(HistoryFormat.values())
                    .map(HistoryFormat::formatName)
                    .iterator();
        }
    }
}
