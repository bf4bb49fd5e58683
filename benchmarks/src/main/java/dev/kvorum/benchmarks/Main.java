package dev.kvorum.benchmarks;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * {@code ./kvorum bench}: measures one target with each combination of operation, value size and outstanding requests.
 */
@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        description =
                "Measures rates, percentiles and cost. Without --server it starts servers of its own and removes them.")
public final class Main implements Callable<Integer> {

    private static final int FAILED = 1;

    @Option(names = "--target", defaultValue = "kvorum", description = "kvorum or redis (default: ${DEFAULT-VALUE})")
    private String target = "kvorum";

    @Option(names = "--server", description = "HOST:PORT[,HOST:PORT…] of RESP servers that run already")
    private @Nullable String server;

    @Option(names = "--ops", split = ",", defaultValue = "put,get,mixed", description = "put, get, mixed")
    private List<String> operations = List.of();

    @Option(names = "--outstanding", split = ",", defaultValue = "256", description = "requests on their way at once")
    private List<Integer> outstanding = List.of();

    @Option(names = "--value", split = ",", defaultValue = "100", description = "bytes of each value")
    private List<Integer> values = List.of();

    @Option(
            names = "--warm-up",
            defaultValue = "15",
            description = "seconds per row before recording; on two cores a new node's compilers work for so long"
                    + " (default: ${DEFAULT-VALUE})")
    private int warmUp = 15;

    @Option(names = "--seconds", defaultValue = "10", description = "of recording per row (default: ${DEFAULT-VALUE})")
    private int seconds = 10;

    @Option(names = "--keys", defaultValue = "1000000", description = "keys written first, then drawn uniformly")
    private int keys = 1_000_000;

    @Option(
            names = "--rate",
            defaultValue = "0",
            description = "requests per second whatever the answers; 0: closed loop")
    private int rate;

    @Option(names = "--json", description = "appends one JSON line per row to this file")
    private @Nullable Path json;

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new Main())
                .setExecutionExceptionHandler(Main::explain)
                .execute(arguments));
    }

    private static int explain(Exception failure, CommandLine command, CommandLine.ParseResult parsed) {
        System.err.println("bench: " + failure.getMessage());
        return failure instanceof IllegalArgumentException ? CommandLine.ExitCode.USAGE : FAILED;
    }

    @Override
    public Integer call() throws Exception {
        List<Workload> workloads = workloads();
        Vertx vertx = Vertx.vertx(
                new VertxOptions().setEventLoopPoolSize(1).setWorkerPoolSize(1).setPreferNativeTransport(true));
        boolean clean = true;
        try (Servers servers = servers()) {
            Load load = new Load(vertx, servers.addresses());
            int filled = -1;
            System.out.println(Row.HEAD);
            for (Workload workload : workloads) {
                if (workload.valueBytes() != filled) {
                    await(load.fill(workload));
                    filled = workload.valueBytes();
                }
                Row row = measure(load, servers, workload);
                System.out.println(row.line());
                if (!row.isClean()) {
                    System.out.println("  " + row.recorder().firstError());
                }
                append(row);
                clean &= row.isClean();
            }
        } finally {
            await(vertx.close());
        }
        return clean ? 0 : FAILED;
    }

    private Servers servers() {
        if (server != null) {
            return GivenServers.parse(target, server);
        }
        return switch (target) {
            case "kvorum" ->
                KvorumCluster.start(Path.of(
                        System.getProperty("kvorum.home", "."), "kv-node/server/target/kvorum-server-0.1.0.jar"));
            case "redis" -> RedisServer.start();
            default -> throw new IllegalArgumentException("--target takes kvorum and redis, not \"" + target + '"');
        };
    }

    private List<Workload> workloads() {
        List<Workload> workloads = new ArrayList<>();
        for (int value : values) {
            for (String operation : operations) {
                for (int width : outstanding) {
                    requireSensible(width, value);
                    workloads.add(new Workload(Operation.parse(operation), width, value, keys, rate, seconds));
                }
            }
        }
        return workloads;
    }

    private void requireSensible(int width, int value) {
        boolean counts = width >= 1 && keys >= 1 && seconds >= 1 && rate >= 0 && warmUp >= 0;
        if (!counts || value < 1 || value > 10_000) {
            throw new IllegalArgumentException("--outstanding, --keys and --seconds start at 1, --rate and --warm-up"
                    + " at 0, --value is 1 to 10000");
        }
    }

    private Row measure(Load load, Servers servers, Workload workload) throws InterruptedException, ExecutionException {
        List<Long> ours = List.of(ProcessHandle.current().pid());
        boolean known = !servers.pids().isEmpty();
        long[] before = new long[4];
        long[] after = new long[4];
        Recorder recorder =
                await(load.run(workload, warmUp, () -> look(before, servers, ours), () -> look(after, servers, ours)));
        return new Row(
                servers.name(),
                workload,
                (after[0] - before[0]) / 1e9,
                recorder,
                known ? after[1] - before[1] : -1,
                after[2] - before[2],
                known ? ProcessUsage.largestRssMib(servers.pids()) : -1,
                known ? after[3] - before[3] : -1);
    }

    private static void look(long[] into, Servers servers, List<Long> ours) {
        into[0] = System.nanoTime();
        into[1] = ProcessUsage.cpuMs(servers.pids());
        into[2] = ProcessUsage.cpuMs(ours);
        into[3] = ProcessUsage.writtenBytes(servers.pids());
    }

    private void append(Row row) {
        if (json == null) {
            return;
        }
        try {
            Files.writeString(json, row.json().encode() + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static <T> T await(io.vertx.core.Future<T> future) throws InterruptedException, ExecutionException {
        return future.toCompletionStage().toCompletableFuture().get();
    }
}
