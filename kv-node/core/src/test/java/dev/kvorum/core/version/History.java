package dev.kvorum.core.version;

import dev.kvorum.core.step.InvariantViolation;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * A short random life of one key on a few replicas: reads, writes with and without context, messages lost, late and
 * doubled, disks that are behind memory, crashes that lose what was not synced and the actor with it.
 *
 * <p>What clients were really shown is kept beside the protocol: each write's {@code kills} are the writes that its
 * client had seen. A write that is gone must have a killer that is there, or is gone for the same reason.
 */
final class History {

    private static final int CLIENTS = 2;
    private static final int STEPS = 22;
    private static final int MOST_WRITES = 60;

    private final HistoryRules rules;
    private final SplittableRandom random;
    private final List<String> transcript = new ArrayList<>();
    private final List<Message> messages = new ArrayList<>();
    private final Replica[] replicas;
    private final Client[] clients = new Client[CLIENTS];

    private final List<Dot> writes = new ArrayList<>();
    private final long[] kills = new long[MOST_WRITES];
    private long durable;
    private long lastActor;

    private History(HistoryRules rules, long seed) {
        this.rules = rules;
        this.random = new SplittableRandom(seed);
        this.replicas = new Replica[2 + random.nextInt(2)];
        for (int i = 0; i < replicas.length; i++) {
            replicas[i] = new Replica(++lastActor);
        }
        for (int i = 0; i < CLIENTS; i++) {
            clients[i] = new Client();
        }
    }

    /** What goes wrong in the history of this seed, step by step; null if nothing does. */
    static @Nullable String violation(HistoryRules rules, long seed) {
        History history = new History(rules, seed);
        String violation;
        try {
            violation = history.play();
        } catch (InvariantViolation e) {
            violation = "an invariant stopped a replica: " + e.getMessage();
        }
        return violation == null
                ? null
                : "%s: seed %d: %s%n%s".formatted(rules, seed, violation, String.join("\n", history.transcript));
    }

    private @Nullable String play() {
        for (int i = 0; i < STEPS; i++) {
            step();
            String violation = violation();
            if (violation != null) {
                return violation;
            }
        }
        return null;
    }

    private void step() {
        int r = random.nextInt(replicas.length);
        int c = random.nextInt(CLIENTS);
        int die = random.nextInt(20);
        if (die < 4) {
            read(c, r);
        } else if (die < 9) {
            write(c, r);
        } else if (die < 11) {
            overwrite(c, r);
        } else if (die < 15) {
            deliver();
        } else if (die < 18) {
            sync(r);
        } else if (die < 19) {
            crash(r);
        } else {
            exchange(r, random.nextInt(replicas.length));
        }
    }

    /** Reads show what is durable: an answer that shows more waits until it is. */
    private void read(int c, int r) {
        KvObject object = replicas[r].disk;
        List<Sibling> live = object.live(0);
        List<Sibling> shown = random.nextInt(3) == 0 && !live.isEmpty() ? List.of(live.getFirst()) : live;
        // who was shown all that lives has also seen that the rest is deleted
        long seen = maskOf(shown.size() == live.size() ? object.siblings() : shown);
        clients[c].shown(rules.contextOf(object, shown), seen, random.nextBoolean());
        transcript.add("client %d reads %s of %s at %d".formatted(c, shown, object, r));
    }

    private void write(int c, int r) {
        Client client = clients[c];
        Replica replica = replicas[r];
        Sibling fresh = issue(replica, client.seen);
        KvObject written = rules.write(replica.memory, client.context, fresh);
        Version context = rules.contextAfterWrite(written, client.context, fresh.dot());
        client.shown(context, client.seen | bitOf(fresh.dot()), false);
        transcript.add("client %d writes %s at %d: %s, context %s".formatted(c, fresh, r, written, context));
        replace(r, written);
    }

    private void overwrite(int c, int r) {
        Replica replica = replicas[r];
        long overwritten = maskOf(replica.memory.siblings());
        Sibling fresh = issue(replica, overwritten);
        KvObject written = replica.memory.overwriteAll(fresh);
        Version context = rules.contextAfterWrite(written, Version.EMPTY, fresh.dot());
        clients[c].shown(context, overwritten | bitOf(fresh.dot()), true);
        transcript.add("client %d overwrites with %s at %d: %s".formatted(c, fresh, r, written));
        replace(r, written);
    }

    private Sibling issue(Replica replica, long killed) {
        // writes to other keys take sequences of the same actor
        replica.sequence += random.nextInt(3) == 0 ? 2 : 1;
        Dot dot = new Dot(replica.actor, replica.sequence);
        kills[writes.size()] = killed;
        writes.add(dot);
        byte[] none = {};
        return random.nextInt(5) == 0
                ? Sibling.tombstone(dot, 0, none)
                : new Sibling(dot, Kind.BYTES, "", 0, 0, none, none);
    }

    private void replace(int r, KvObject object) {
        replicas[r].memory = object;
        for (int other = 0; other < replicas.length; other++) {
            if (other != r) {
                messages.add(new Message(other, object));
            }
        }
    }

    private void deliver() {
        if (messages.isEmpty()) {
            return;
        }
        int index = random.nextInt(messages.size());
        Message message = random.nextInt(4) == 0 ? messages.get(index) : messages.remove(index);
        Replica replica = replicas[message.to];
        replica.memory = rules.merge(replica.memory, message.object);
        transcript.add("%d gets %s: %s".formatted(message.to, message.object, replica.memory));
    }

    private void exchange(int from, int to) {
        replicas[to].memory = rules.merge(replicas[to].memory, replicas[from].disk);
        transcript.add("%d gets the state of %d: %s".formatted(to, from, replicas[to].memory));
    }

    private void sync(int r) {
        replicas[r].disk = replicas[r].memory;
        durable |= maskOf(replicas[r].disk.siblings());
        transcript.add("%d syncs %s".formatted(r, replicas[r].disk));
    }

    private void crash(int r) {
        Replica replica = replicas[r];
        replica.memory = replica.disk;
        switch (rules.restart()) {
            case NEW_ACTOR -> {
                replica.actor = ++lastActor;
                replica.sequence = 0;
            }
            case ACTOR_AS_ON_DISK -> replica.sequence = replica.disk.version().highest(replica.actor);
            case ACTOR_ABOVE_A_CEILING -> replica.sequence += 100;
        }
        transcript.add("%d crashes, goes on with %s as actor %d".formatted(r, replica.disk, replica.actor));
    }

    private @Nullable String violation() {
        KvObject all = KvObject.ABSENT;
        for (Replica replica : replicas) {
            all = rules.merge(all, replica.disk);
        }
        long alive = maskOf(all.siblings());
        long known = 0;
        for (int i = 0; i < writes.size(); i++) {
            known |= all.version().covers(writes.get(i)) ? 1L << i : 0;
        }
        for (int i = 0; i < writes.size(); i++) {
            if ((alive >>> i & 1) == 1 && (killersOf(i) & known) != 0) {
                return writes.get(i) + " is shown though a write that replaced it is known: " + all;
            }
        }
        long unexplained = durable & ~explained(alive);
        return unexplained == 0
                ? null
                : writes.get(Long.numberOfTrailingZeros(unexplained)) + " is gone without a killer: " + all;
    }

    /** All writes from which a chain of killers leads to one that is alive. */
    private long explained(long alive) {
        long explained = alive;
        // a killer is always a later write than what it kills
        for (int i = writes.size() - 1; i >= 0; i--) {
            explained |= (killersOf(i) & explained) != 0 ? 1L << i : 0;
        }
        return explained;
    }

    private long killersOf(int write) {
        long killers = 0;
        for (int i = write + 1; i < writes.size(); i++) {
            killers |= (kills[i] >>> write & 1) << i;
        }
        return killers;
    }

    private long maskOf(List<Sibling> siblings) {
        long mask = 0;
        for (Sibling sibling : siblings) {
            mask |= bitOf(sibling.dot());
        }
        return mask;
    }

    private long bitOf(Dot dot) {
        return 1L << writes.lastIndexOf(dot);
    }

    private record Message(int to, KvObject object) {}

    private static final class Replica {
        private KvObject memory = KvObject.ABSENT;
        private KvObject disk = KvObject.ABSENT;
        private long actor;
        private long sequence;

        Replica(long actor) {
            this.actor = actor;
        }
    }

    private static final class Client {
        private Version context = Version.EMPTY;
        private long seen;

        void shown(Version newContext, long newSeen, boolean forgetful) {
            context = forgetful ? newContext : context.merge(newContext);
            seen = forgetful ? newSeen : seen | newSeen;
        }
    }
}
