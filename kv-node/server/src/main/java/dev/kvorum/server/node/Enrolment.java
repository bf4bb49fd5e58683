package dev.kvorum.server.node;

import dev.kvorum.core.authority.Answer;
import dev.kvorum.core.authority.AuthorityMessage;
import dev.kvorum.core.authority.AuthorityState;
import dev.kvorum.core.authority.Command;
import dev.kvorum.core.authority.Greeting;
import dev.kvorum.core.authority.GreetingVerdict;
import dev.kvorum.core.authority.RefusalCode;
import dev.kvorum.core.consensus.ConsensusPacket;
import dev.kvorum.core.ring.NodeId;
import dev.kvorum.core.ring.Ring;
import dev.kvorum.core.ring.RingNode;
import dev.kvorum.server.door.AuthorityControl.Decision;
import dev.kvorum.server.door.AuthorityView;
import dev.kvorum.server.door.ClusterControl;
import dev.kvorum.server.door.Founded;
import dev.kvorum.server.door.Reading;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How a process belongs to its cluster: its part of the authority, what it shows to the other nodes, and what of the
 * authority's decisions its data path goes by. Lives on the control context.
 *
 * <p>A process whose volume has kept its content serves at once by what it had adopted; one that lost it serves when
 * the authority knows it by its new volume, and holds nothing until it is rebuilt.
 */
final class Enrolment implements ControlLinks.Listener, AuthorityShell.Node {

    private static final Logger LOG = LoggerFactory.getLogger(Enrolment.class);

    /** Why a greeting can be refused. */
    private static final List<RefusalCode> REFUSALS = List.of(
            RefusalCode.FOREIGN_CLUSTER,
            RefusalCode.FOREIGN_GENERATION,
            RefusalCode.CLUSTER_CONFLICT,
            RefusalCode.IDENTITY_TAKEN,
            RefusalCode.OLD_COPY,
            RefusalCode.VOLUME_LOST);

    /** What belonging to a cluster does to the node. */
    interface Node {
        /** It waits until it may serve. */
        void await(String what);

        /** It may serve by this from now on. */
        void join(Introduction introduction, Founded founded);

        /** It serves by this from now on. */
        void adopt(Founded founded);

        /** It does nothing with its data before {@link #resume}. */
        void suspend(String why);

        void resume();

        /** It does nothing more. */
        void fence(String why);
    }

    private final Context context;
    private final AuthorityStart start;
    private final Node node;
    private final Fate fate;
    private final Introduction introduction;
    private final ControlLinks links;
    private final AuthorityShell shell;
    private boolean ended;
    private boolean joined;
    private boolean suspended;

    Enrolment(Context context, AuthorityStart start, AuthorityShell.Parts parts, Node node, Fate fate) {
        this.context = context;
        this.start = start;
        this.node = node;
        this.fate = fate;
        this.introduction = new Introduction(start, this::onWordOfOthers);
        this.links = new ControlLinks(context.owner(), this);
        this.shell = new AuthorityShell(context, parts, links, this);
    }

    void begin(GroupWrites.Found found) {
        node.await("waits until the authority knows its volume");
        shell.begin(found);
    }

    ControlLinks links() {
        return links;
    }

    AuthorityShell shell() {
        return shell;
    }

    AuthorityView view() {
        return shell.view();
    }

    Future<Decision> decide(long session, Command command) {
        return shell.decide(session, command);
    }

    void onMembers(SortedSet<NodeId> alive) {
        shell.onMembers(alive);
    }

    void onSettled(long epoch) {
        shell.onSettled(epoch);
    }

    List<Reading> readings() {
        List<Reading> readings = new ArrayList<>();
        readings.add(Reading.of(
                "authority_leader_changes_total",
                "How often this node heard of another leader, or of none.",
                shell.leaderChanges()));
        readings.add(Reading.of("authority_links_open", "Open links between control contexts.", links.open()));
        for (RefusalCode code : REFUSALS) {
            readings.add(Reading.of(
                    "greetings_refused_total",
                    "Nodes that greeted and were not believed.",
                    "code",
                    code.word(),
                    links.refused(code)));
        }
        return readings;
    }

    Future<Void> close() {
        shell.end();
        return links.close();
    }

    // ---- what the authority says

    @Override
    public void adopt(Ring ring, AuthorityState state) {
        if (ended || !mayGoBy(state)) {
            return;
        }
        introduction.adopt(ring, state);
        links.judgeAgain();
        Founded founded = new Founded(state, ring);
        if (joined) {
            node.adopt(founded);
        } else {
            joined = true;
            node.join(introduction, founded);
        }
    }

    /** Before its new volume is known, a node would act by rows in which it seems to be whole. */
    private boolean mayGoBy(AuthorityState state) {
        boolean ofThisGroup = state.charter().generation() == start.generation();
        return ofThisGroup && (start.keepsContent() || state.isCurrent(start.id(), start.volumeId()));
    }

    /** The first word in a group that was built by force; until it is there, nobody goes by the group. */
    @Override
    public void onLeads() {
        AuthorityState state = shell.durable().state();
        if (state.isFounded() && state.charter().generation() < start.generation()) {
            LOG.warn("this node leads generation {}, to which the cluster is recovered", start.generation());
            shell.decide(0, new Command.Recover(start.generation(), List.of(start.id())))
                    .onSuccess(decision -> LOG.info("the recovery came to {}", decision));
        }
    }

    /** On any thread; completes when the new group is written down and this process is about to end. */
    Future<ClusterControl.Recovery> recover(String clusterId, long generation) {
        Promise<ClusterControl.Recovery> answer = Promise.promise();
        context.runOnContext(here -> {
            String refusal = refusal(clusterId, generation);
            if (refusal != null) {
                answer.complete(new ClusterControl.Recovery.Refused(refusal));
                return;
            }
            long applied = shell.durable().index();
            Future.fromCompletionStage(start.beginGeneration(generation, shell.durable()))
                    .onFailure(answer::fail)
                    .onSuccess(synced -> {
                        answer.complete(new ClusterControl.Recovery.Begun(generation, applied));
                        end("becomes the first of generation " + generation);
                        fate.supersede(generation);
                    });
        });
        return answer.future();
    }

    private @Nullable String refusal(String clusterId, long generation) {
        AuthorityState state = shell.durable().state();
        if (!clusterId.equals(start.clusterId())) {
            return "this node belongs to cluster " + start.clusterId() + ", not to " + clusterId;
        }
        if (!state.isCurrent(start.id(), start.volumeId())) {
            return "what this node has applied does not know its volume; recover at another node";
        }
        if (generation != start.generation() + 1) {
            return "this node is of generation " + start.generation() + "; recover to " + (start.generation() + 1)
                    + ", or wait until it has heard of the later one";
        }
        return shell.view().leader() == null
                ? null
                : "the authority has a leader, " + shell.view().leader() + "; there is nothing to recover";
    }

    @Override
    public void onRegistered(Answer.Registered answer) {
        if (!answer.node().equals(start.id())) {
            LOG.info("the authority knows this node as {}", answer.node());
            end("becomes node " + answer.node());
            fate.rename(answer.node());
            return;
        }
        LOG.info("registered as {} on volume {}", answer.state().word(), answer.volume());
        fate.settle();
        if (suspended) {
            suspended = false;
            node.resume();
        }
    }

    @Override
    public void onWaits(RefusalCode code, String reason) {
        if (code == RefusalCode.NOT_FOUNDED) {
            LOG.info("not registered yet: {}", reason);
        } else {
            LOG.warn("not registered yet, {}: {}", code.word(), reason);
        }
        if (code == RefusalCode.IDENTITY_TAKEN && !suspended) {
            suspended = true;
            node.suspend(reason);
        }
    }

    @Override
    public void onRefused(RefusalCode code, String detail) {
        if (code == RefusalCode.OLD_COPY || code == RefusalCode.VOLUME_LOST) {
            forsake(detail);
        } else {
            end(code.word() + ": " + detail);
        }
    }

    @Override
    public void onForgotten(String what) {
        forsake(what);
    }

    @Override
    public void onBug() {
        fate.halt();
    }

    // ---- what other nodes say

    private void onWordOfOthers(GreetingVerdict verdict) {
        if (verdict instanceof GreetingVerdict.OwnAmnesia(String detail)) {
            forsake(detail);
        } else if (verdict instanceof GreetingVerdict.Superseded(long generation)) {
            end("the cluster was recovered as generation " + generation);
            fate.supersede(generation);
        }
    }

    private void forsake(String why) {
        end(why);
        fate.forsake(why);
    }

    /** For any thread, like the word of others. */
    private void end(String why) {
        context.runOnContext(here -> {
            if (!ended) {
                ended = true;
                shell.end();
                node.fence(why);
            }
        });
    }

    @Override
    public Greeting greeting(@Nullable NodeId other, @Nullable Greeting shown) {
        return introduction.greeting(other, shown);
    }

    @Override
    public GreetingVerdict judge(Greeting other) {
        return introduction.judge(other);
    }

    @Override
    public GreetingVerdict judgeAgain(Greeting other) {
        return introduction.judgeAgain(other);
    }

    @Override
    public @Nullable RingNode place(NodeId other) {
        return introduction.place(other);
    }

    @Override
    public void onPacket(ConsensusPacket packet) {
        shell.onPacket(packet);
    }

    @Override
    public void onMessage(NodeId from, AuthorityMessage message) {
        shell.onMessage(from, message);
    }
}
