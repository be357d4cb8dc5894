package dev.umpire.harness.workload;

import dev.umpire.harness.environment.KeyedRandom;
import dev.umpire.harness.generator.Generator;
import dev.umpire.harness.target.Request;
import dev.umpire.histories.value.Value;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The games of Terry, "Replicated data consistency explained through baseball" (CACM 56(12), 2013): the visitors' runs and
 * the home team's are two keys of each game. Session 0 is the scorekeeper, the only one who writes them; session 1 the umpire,
 * who reads both when the last half-inning may be called off; session 2 the radio reporter, who reads both now and then;
 * session 3 the sportswriter, who reads both when the next game is over, too; session 4 the statistician, who reads the home team's runs after
 * the game and adds them to the season's; session 5 and every further one the stat watcher, who reads the season's runs.
 */
public final class Baseball implements Workload {
    /** Who takes part, by the number of the session; every further session is a {@link #STAT_WATCHER}. */
    public enum Participant {
        SCOREKEEPER,
        UMPIRE,
        RADIO_REPORTER,
        SPORTSWRITER,
        STATISTICIAN,
        STAT_WATCHER;

        private static final List<Participant> ROLES = List.of(values());

        /** Who this session is. */
        public static Participant of(int session) {
            return session < ROLES.size() ? ROLES.get(session) : STAT_WATCHER;
        }
    }

    private static final int HALVES = 18;
    private static final String RUN_PERCENT = "run-percent";
    private static final Value SEASON = Value.of("season-runs");

    @Override
    public String name() {
        return "baseball";
    }

    @Override
    public String meaning() {
        return "the scores of one baseball game after another, kept by one session and read by five others; shows which "
                + "reader needs which guarantee, but no conflicts, as each key has one writer";
    }

    @Override
    public List<Option> options() {
        return List.of(new Option(RUN_PERCENT, "30", "in how many of 100 half-innings there is a run"));
    }

    @Override
    public Set<String> asks(Map<String, String> options) {
        return Set.of(Request.READ, Request.WRITE, Request.SNAPSHOT);
    }

    @Override
    public String describe(Map<String, String> options) {
        return name() + " · one game at a time";
    }

    @Override
    public Generator generator(Map<String, String> options, Set<String> functions, KeyedRandom random) {
        OptionValues.requireFunctions(this, functions, needs());
        int percent = new OptionValues(this, options).number(RUN_PERCENT, 1, 100);
        return Turns.of(
                new Playing(functions.contains(Request.SNAPSHOT), percent, random.stream("baseball/run")),
                Season.BEGINS);
    }

    /** The key of the runs that the visitors have in a game; games are counted from 1. */
    static Value visitors(long game) {
        return Value.of("game" + game + ".visitors");
    }

    /** The key of the runs that the home team has in a game. */
    static Value home(long game) {
        return Value.of("game" + game + ".home");
    }

    /**
     * How far the season is.
     *
     * @param game that is played
     * @param lastHome the home team's runs in the game before
     * @param books of the statistician
     */
    private record Season(Game game, long lastHome, Books books) {
        static final Season BEGINS = new Season(Game.number(1), 0, new Books(0, 0, 0));

        /** The same with this game, or with the next one if it is over. */
        Season with(Game now) {
            return now.half() == HALVES
                    ? new Season(Game.number(now.number() + 1), now.home(), books)
                    : new Season(now, lastHome, books);
        }

        Season with(Books now) {
            return new Season(game, lastHome, now);
        }
    }

    /**
     * One game.
     *
     * @param number from 1
     * @param half the half-inning, from 0; the visitors bat in the even ones
     * @param scored whether the scorekeeper has read the score and is about to write it
     */
    private record Game(long number, int half, boolean scored, long visitors, long home) {
        static Game number(long number) {
            return new Game(number, 0, false, 0, 0);
        }

        boolean visitorsBat() {
            return half % 2 == 0;
        }

        Game withScoreRead() {
            return new Game(number, half, true, visitors, home);
        }

        Game nextHalf() {
            return new Game(number, half + 1, false, visitors, home);
        }

        Game run() {
            return visitorsBat()
                    ? new Game(number, half + 1, false, visitors + 1, home)
                    : new Game(number, half + 1, false, visitors, home + 1);
        }
    }

    /**
     * What the statistician has done.
     *
     * @param counted the last game that he has added
     * @param runs of the season that he has written
     * @param read how many of the two reads before he adds the next game
     */
    private record Books(long counted, long runs, int read) {
        Books oneMoreRead() {
            return new Books(counted, runs, read + 1);
        }
    }

    private record Playing(boolean snapshots, int runPercent, KeyedRandom.Stream runs) implements Turns.Rule<Season> {
        @Override
        public Optional<Turns.Turn<Season>> turn(Season now, int session, int sessionCount, long asked) {
            long game = now.game().number();
            return switch (Participant.of(session)) {
                case SCOREKEEPER -> scorekeeper(now);
                case UMPIRE -> now.game().half() == HALVES - 1 ? Turns.ask(both(game, asked), now) : Optional.empty();
                case RADIO_REPORTER -> Turns.ask(both(game, asked), now);
                case SPORTSWRITER -> game > 2 ? Turns.ask(both(game - 2, asked), now) : Optional.empty();
                case STATISTICIAN -> statistician(now);
                case STAT_WATCHER -> Turns.ask(Request.read(SEASON), now);
            };
        }

        /** Reads the score of the team at bat, and writes it where there is a run. */
        private Optional<Turns.Turn<Season>> scorekeeper(Season now) {
            Game game = now.game();
            Value key = game.visitorsBat() ? visitors(game.number()) : home(game.number());
            if (game.scored()) {
                long score = game.visitorsBat() ? game.visitors() : game.home();
                return Turns.ask(Request.write(key, Value.of(score + 1)), now.with(game.run()));
            }
            boolean run = runs.below(100, game.number() * HALVES + game.half()) < runPercent;
            return Turns.ask(Request.read(key), now.with(run ? game.withScoreRead() : game.nextHalf()));
        }

        /** After each game reads the home team's runs and the season's, and writes their sum. */
        private Optional<Turns.Turn<Season>> statistician(Season now) {
            Books books = now.books();
            long last = now.game().number() - 1;
            if (books.counted() == last || now.lastHome() == 0) {
                return Optional.empty();
            }
            if (books.read() < 2) {
                return Turns.ask(Request.read(books.read() == 0 ? home(last) : SEASON), now.with(books.oneMoreRead()));
            }
            long sum = books.runs() + now.lastHome();
            return Turns.ask(Request.write(SEASON, Value.of(sum)), now.with(new Books(last, sum, 0)));
        }

        private Request both(long game, long asked) {
            return snapshots
                    ? Request.snapshot(List.of(visitors(game), home(game)))
                    : Request.read(asked % 2 == 0 ? visitors(game) : home(game));
        }
    }
}
