package dev.umpire.harness.cli.serve;

import dev.umpire.harness.report.Markup;
import dev.umpire.harness.report.RunFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Which address is which page. */
final class Pages {
    static final String RUN = "run";
    static final String FILE = "file";
    static final String LIVE = "live";
    static final String COMPARE = "compare";

    private final ServedStore store;
    private final Path root;
    private final Followed followed = new Followed();
    private final EndedRuns runs;
    private final Comparison comparison;

    private Pages(ServedStore store, Path root) {
        this.store = store;
        this.root = root;
        runs = new EndedRuns(root, store.clock());
        comparison = new Comparison(store.commands());
    }

    /** @throws IOException if the folder cannot be read */
    static Pages of(ServedStore store) throws IOException {
        return new Pages(store, store.folder().toRealPath());
    }

    /**
     * The answer to a request.
     *
     * @throws IOException if something of a run cannot be read
     * @throws IllegalArgumentException if the request asks for what makes no sense
     */
    Reply answer(Request request) throws IOException {
        List<String> path = request.path();
        if (path.isEmpty()) {
            return RunsPage.of(runs.all(), store.shown(), request);
        }
        if (path.size() == 1) {
            return switch (path.get(0)) {
                case Frame.STYLE -> Frame.style();
                case Frame.SCRIPT -> Frame.script();
                case "favicon.ico" -> new Reply.Made(200, "image/svg+xml", Resources.text("icon.svg"), Policy.NOTHING);
                case COMPARE -> compare(request);
                default -> missing();
            };
        }
        Optional<RunFolder> run = RunFolder.named(root, path.get(1));
        if (run.isEmpty()) {
            return missing();
        }
        List<String> rest = path.subList(2, path.size());
        return switch (path.get(0)) {
            case RUN -> rest.isEmpty() ? run(run.get()) : missing();
            case LIVE -> rest.isEmpty() ? followed.json(ServedRun.of(run.get(), store.clock())) : missing();
            case FILE -> file(run.get(), rest);
            default -> missing();
        };
    }

    private Reply run(RunFolder folder) throws IOException {
        ServedRun run = ServedRun.of(folder, store.clock());
        Optional<Followed.Progress> progress = run.state().isGoingOn() ? followed.progress(run) : Optional.empty();
        return new RunPage(run, store.commands()).page(progress, names(folder));
    }

    /** The names of the other runs, the newest first. */
    private List<String> names(RunFolder but) throws IOException {
        return RunFolder.all(root).stream()
                .map(RunFolder::name)
                .filter(name -> !name.equals(but.name()))
                .sorted(Comparator.reverseOrder())
                .toList();
    }

    private Reply compare(Request request) throws IOException {
        List<String> names = request.all(RUN);
        if (names.size() != 2) {
            Markup page = Frame.begin("Two runs side by side");
            page.element("p", "Found " + names.size() + " chosen, expected two: choose them in the list of all runs.");
            return Frame.end(400, page);
        }
        Optional<RunFolder> one = RunFolder.named(root, names.get(0));
        Optional<RunFolder> other = RunFolder.named(root, names.get(1));
        if (one.isEmpty() || other.isEmpty()) {
            return missing();
        }
        // the earlier one is A, so that what got worse did so with time
        List<ServedRun> both = Stream.of(
                        ServedRun.of(one.get(), store.clock()), ServedRun.of(other.get(), store.clock()))
                .sorted(ServedRun.BY_TIME)
                .toList();
        return comparison.page(both.get(0), both.get(1));
    }

    private static Reply file(RunFolder run, List<String> names) {
        Optional<Path> file = run.file(names.toArray(String[]::new));
        if (names.isEmpty() || file.isEmpty()) {
            return missing();
        }
        return names.equals(List.of(RunFiles.REPORT))
                ? new Reply.Stored(file.get(), "text/html; charset=utf-8", Optional.empty(), Policy.report())
                : new Reply.Stored(
                        file.get(),
                        "application/octet-stream",
                        Optional.of(names.get(names.size() - 1)),
                        Policy.NOTHING);
    }

    private static Reply missing() {
        Markup page = Frame.begin("Not found");
        page.element("p", "Found nothing of this name in the folder of runs, expected a run or one of its files.");
        return Frame.end(404, page);
    }
}
