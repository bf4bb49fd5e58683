package dev.kvorum.operator.node;

import jakarta.inject.Singleton;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The sessions of this process. A process leads at most once, so it opens one for each cluster, and never another after
 * it was superseded: two operators do not take turns. By cluster id: it stays when a KVCluster is made anew over its
 * volumes. Any thread.
 */
@Singleton
public class Sessions {

    private static final Session NONE = new Session.None();

    private final Map<String, Session> byCluster = new ConcurrentHashMap<>();

    public Session of(String clusterId) {
        return byCluster.getOrDefault(clusterId, NONE);
    }

    public void opened(String clusterId, long number) {
        byCluster.putIfAbsent(clusterId, new Session.Open(number));
    }

    /** The authority knows nothing of it any more; another is to be opened. */
    public void forgotten(String clusterId) {
        byCluster.remove(clusterId);
    }

    public void superseded(String clusterId, String why) {
        byCluster.put(clusterId, new Session.Superseded(why));
    }
}
