package dev.kvorum.local.launch;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kvorum.local.objects.Meta;
import java.util.List;
import java.util.stream.Collectors;

/** What {@code up} prints at its end: where the doors are and what to try. */
final class Greeting {

    private static final int HTTP = 8080;
    private static final int RESP = 6379;

    private Greeting() {}

    static void print(Home home, JsonNode cluster, List<String> addresses, String elapsed) {
        String first = addresses.getFirst();
        System.out.printf(
                """
                KVCluster %s is Ready: %d nodes, %s.

                  HTTP        %s
                  RESP        %s
                  kubeconfig  %s

                Try:
                  curl -X PUT -d world http://%s:%d/v1/buckets/default/keys/hello
                  redis-cli -c -h %s GET hello
                  ./kvorum kubectl get kvclusters,pods -o wide
                """,
                Meta.name(cluster),
                addresses.size(),
                elapsed,
                each(addresses, "http://%s:" + HTTP),
                each(addresses, "%s:" + RESP),
                home.kubeconfig(),
                first,
                HTTP,
                first);
    }

    private static String each(List<String> addresses, String form) {
        return addresses.stream().map(form::formatted).collect(Collectors.joining("  "));
    }
}
