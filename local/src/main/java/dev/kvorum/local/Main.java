package dev.kvorum.local;

import dev.kvorum.local.launch.Launcher;

/**
 * {@code up}, {@code down}, {@code status}, {@code logs}, {@code ring}, {@code members}, {@code recover}, {@code get},
 * {@code put}, {@code del}: see {@link Launcher}.
 */
public final class Main {

    private Main() {}

    public static void main(String[] arguments) {
        System.exit(Launcher.run(arguments));
    }
}
