package dev.umpire.harness.cli.option;

import java.util.Map;
import java.util.Stack;
import picocli.CommandLine;
import picocli.CommandLine.IParameterConsumer;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** Takes {@code NAME=VALUE} into the map of an option, each name once: of two values one would be meant and the other used. */
public final class DistinctPairs implements IParameterConsumer {

    @Override
    public void consumeParameters(Stack<String> arguments, ArgSpec option, CommandSpec command) {
        String name = ((CommandLine.Model.OptionSpec) option).longestName();
        if (arguments.isEmpty()) {
            throw wrong(command, name + ": found nothing behind it, expected " + option.paramLabel());
        }
        String pair = arguments.pop();
        int sign = pair.indexOf('=');
        if (sign < 1) {
            throw wrong(command, name + ": found " + pair + ", expected " + option.paramLabel());
        }
        Map<String, String> pairs = option.getValue();
        String before = pairs.put(pair.substring(0, sign), pair.substring(sign + 1));
        if (before != null) {
            throw wrong(
                    command,
                    name + ": found " + pair + " after " + pair.substring(0, sign + 1) + before
                            + ", expected each name once");
        }
    }

    private static ParameterException wrong(CommandSpec command, String text) {
        return new ParameterException(command.commandLine(), text);
    }
}
