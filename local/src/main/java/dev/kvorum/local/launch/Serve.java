package dev.kvorum.local.launch;

import dev.kvorum.local.api.ApiServer;
import java.io.IOException;
import java.net.BindException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;

/** The process behind {@code up}: the stand-in, with the operator and the nodes as its children, until SIGTERM. */
final class Serve {

    private Serve() {}

    static int run(Home home) throws FailedException, IOException, InterruptedException {
        Files.createDirectories(home.state());
        Builds builds = Builds.find(home);
        try (FileChannel lock =
                FileChannel.open(home.state().resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            if (lock.tryLock() == null) {
                throw new FailedException("another stand-in already serves " + home.state());
            }
            ApiServer server = server(home);
            home.remember(server.port());
            // The operator takes seconds to start: its first requests wait at the port until the objects are loaded.
            OperatorProcess operator = OperatorProcess.start(home, builds);
            StandIn standIn = StandIn.start(server, home.state(), builds.programs());
            Runtime.getRuntime()
                    .addShutdownHook(Thread.ofPlatform().name("shutdown").unstarted(() -> {
                        operator.close();
                        standIn.close();
                    }));
            System.out.println("serving " + server.url());
            Thread.currentThread().join();
            return 0;
        }
    }

    private static ApiServer server(Home home) throws IOException {
        int before = home.port();
        try {
            return new ApiServer(before);
        } catch (BindException e) {
            System.err.println("port " + before + " has been taken meanwhile; the kubeconfig gets another");
            return new ApiServer(0);
        }
    }
}
