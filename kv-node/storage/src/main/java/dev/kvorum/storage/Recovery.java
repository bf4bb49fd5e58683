package dev.kvorum.storage;

import dev.kvorum.storage.files.Identity;
import java.util.Optional;

/**
 * The verdict of an open: what may be believed about the volume. Only the first three carry a storage; the others left
 * every file as it was.
 */
public sealed interface Recovery {

    /** An empty store, in an empty directory or after {@link NodeStorage#openAnew}. */
    record Fresh(NodeStorage storage) implements Recovery {}

    /**
     * Everything that this volume ever acknowledged is there: the replicas may vote at once, unless the volume came
     * {@linkplain NodeStorage#arrival anew}.
     */
    record Clean(NodeStorage storage) implements Recovery {}

    /**
     * The kernel restarted since: a torn unsynced tail was cut, if there was one. The replicas may store and
     * acknowledge, but not vote in reads before each has merged N−W+1 others; the server then calls {@link
     * NodeStorage#merged}.
     *
     * @param reached number of the last batch in the log
     * @param synced number of the last batch known to have been synced, never above {@code reached}
     */
    record AfterKernelRestart(NodeStorage storage, long reached, long synced) implements Recovery {}

    /**
     * Something acknowledged is missing or damaged. The node must not vote, acknowledge or serve from this volume;
     * nothing in it was touched.
     *
     * @param damage the file and what is wrong with it
     * @param identity whose volume it is, as far as its files still tell, under the node id taken last
     */
    record Amnesia(Damage damage, Optional<Identity> identity) implements Recovery {}

    /**
     * The open was refused because of how the node was set up; a person has to change that.
     *
     * @param why a sentence for that person
     */
    record Refused(String why) implements Recovery {}

    /**
     * The volume cannot be used now for a reason outside it, such as a full disk; another try later may succeed.
     *
     * @param why a sentence for the log
     */
    record Unavailable(String why) implements Recovery {}
}
