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
                + "reader needs which guarantee";
    }

    @Override
    public List<Option> options() {
        return List.of(new Option(RUN_PERCENT, "30", "in how many of 100 half-innings there is a run"));
    }

    @Override
    public String describe(Map<String, String> options) {
        return name() + " · one game at a time";
    }

    @Override
    public Generator generator(Map<String, String> options, Set<String> functions, KeyedRandom random) {
        OptionValues.requireFunctions(this, functions, Request.READ, Request.WRITE);
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
     * @param game that is played, from 1
     * @param half the half-inning, from 0; the visitors bat in the even ones
     * @param scored whether the scorekeeper has read the score and is about to write it
     * @param visitors runs in this game
     * @param home runs in this game
     * @param lastHome the home team's runs in the game before
     * @param counted the last game that the statistician has added
     * @param season runs that he has written
     * @param statisticianReads what he reads next: the game's runs, then the season's, then he writes
     */
    private record Season(
            long game,
            int half,
            boolean scored,
            long visitors,
            long home,
            long lastHome,
            long counted,
            long season,
            int statisticianReads) {
        static final Season BEGINS = new Season(1, 0, false, 0, 0, 0, 0, 0, 0);

        Season atBat() {
            return new Season(game, half, true, visitors, home, lastHome, counted, season, statisticianReads);
        }

        Season run() {
            boolean byVisitors = half % 2 == 0;
            return new Season(
                            game,
                            half,
                            false,
                            byVisitors ? visitors + 1 : visitors,
                            byVisitors ? home : home + 1,
                            lastHome,
                            counted,
                            season,
                            statisticianReads)
                    .nextHalf();
        }

        Season nextHalf() {
            return half + 1 == HALVES
                    ? new Season(game + 1, 0, false, 0, 0, home, counted, season, statisticianReads)
                    : new Season(game, half + 1, false, visitors, home, lastHome, counted, season, statisticianReads);
        }

        Season statistics(int step) {
            return new Season(game, half, scored, visitors, home, lastHome, counted, season, step);
        }

        Season added() {
            return new Season(game, half, scored, visitors, home, lastHome, game - 1, season + lastHome, 0);
        }
    }

    private record Playing(boolean snapshots, int runPercent, KeyedRandom.Stream runs) implements Turns.Rule<Season> {
        @Override
        public Optional<Turns.Turn<Season>> turn(Season now, int session, int sessionCount, long asked) {
            return switch (Participant.of(session)) {
                case SCOREKEEPER -> scorekeeper(now);
                case UMPIRE -> now.half() == HALVES - 1 ? Turns.ask(both(now.game(), asked), now) : Optional.empty();
                case RADIO_REPORTER -> Turns.ask(both(now.game(), asked), now);
                case SPORTSWRITER -> now.game() > 2 ? Turns.ask(both(now.game() - 2, asked), now) : Optional.empty();
                case STATISTICIAN -> statistician(now);
                case STAT_WATCHER -> Turns.ask(Request.read(SEASON), now);
            };
        }

        /** Reads the score of the team at bat, and writes it where there is a run. */
        private Optional<Turns.Turn<Season>> scorekeeper(Season now) {
            boolean byVisitors = now.half() % 2 == 0;
            Value key = byVisitors ? visitors(now.game()) : home(now.game());
            if (now.scored()) {
                return Turns.ask(
                        Request.write(key, Value.of((byVisitors ? now.visitors() : now.home()) + 1)), now.run());
            }
            boolean run = runs.below(100, now.game() * HALVES + now.half()) < runPercent;
            return Turns.ask(Request.read(key), run ? now.atBat() : now.nextHalf());
        }

        /** After each game reads the home team's runs and the season's, and writes their sum. */
        private Optional<Turns.Turn<Season>> statistician(Season now) {
            if (now.counted() == now.game() - 1 || now.lastHome() == 0) {
                return Optional.empty();
            }
            return switch (now.statisticianReads()) {
                case 0 -> Turns.ask(Request.read(home(now.game() - 1)), now.statistics(1));
                case 1 -> Turns.ask(Request.read(SEASON), now.statistics(2));
                default -> Turns.ask(Request.write(SEASON, Value.of(now.season() + now.lastHome())), now.added());
            };
        }

        private Request both(long game, long asked) {
            return snapshots
                    ? Request.snapshot(List.of(visitors(game), home(game)))
                    : Request.read(asked % 2 == 0 ? visitors(game) : home(game));
        }
    }
}
