package dev.kvorum.sim.group;

import dev.kvorum.core.consensus.ConsensusInput.Propose;
import dev.kvorum.core.consensus.ConsensusInput.Read;
import dev.kvorum.core.consensus.Refusal;
import dev.kvorum.core.consensus.ReplicaId;
import dev.kvorum.sim.check.WitnessChecker;
import dev.kvorum.sim.world.Dice;
import org.jspecify.annotations.Nullable;

/** Clients that write and read registers, one request each at a time. */
final class GroupClients {

    /** Clients that leave room still ask so often that writes and reads are both among what they ask. */
    private static final long SLOW_US = 1_000_000;

    private final GroupWorld world;
    private final WitnessChecker checker;
    private final Dice dice;
    private long lastWrite;
    private boolean stopped;
    private int slowness = 1;
    private int writtenSinceStop;
    private int readSinceStop;

    GroupClients(GroupWorld world, WitnessChecker checker, Dice dice) {
        this.world = world;
        this.checker = checker;
        this.dice = dice;
    }

    void begin() {
        for (int client = 0; client < world.settings().clients(); client++) {
            new Client().think();
        }
    }

    /** From now on what succeeds is counted, and clients leave room for whoever has to catch up. */
    void countFromNow() {
        slowness = 10;
        writtenSinceStop = 0;
        readSinceStop = 0;
    }

    boolean areServed() {
        return writtenSinceStop > 0 && readSinceStop > 0;
    }

    void stop() {
        stopped = true;
    }

    /** Reads every register from this node, by nobody who would ask again. */
    void readAllFrom(GroupNode node) {
        long beganUs = world.schedule().nowUs();
        for (int register = 0; register < Registers.KEYS; register++) {
            int key = register;
            long id = node.requests().add(new Requests.Asker() {
                @Override
                public void onDone(Registers state) {
                    show(key, state, beganUs);
                }

                @Override
                public void onFailed(@Nullable Refusal refusal) {}
            });
            node.input(new Read(id));
        }
    }

    private void show(int key, Registers state, long beganUs) {
        var shown = new WitnessChecker.Shown(key, state.revision(), state.value(key), state.writtenAt(key));
        checker.onRead(shown, beganUs, world.schedule().nowUs());
    }

    /** One client and the request that it waits for. */
    private final class Client {

        private int request;
        private @Nullable ReplicaId hint;

        void think() {
            long us = dice.between(1_000L, world.settings().thinkMostMs() * 1_000L);
            world.schedule().after(Math.max(us, Math.min(us * slowness, SLOW_US)), this::ask);
        }

        private void ask() {
            if (stopped) {
                return;
            }
            int now = ++request;
            GroupNode node = node();
            if (node.machine() == null) {
                think();
            } else if (dice.chance(500)) {
                write(now, node);
            } else {
                read(now, node);
            }
            world.schedule().after(dice.of(100_000, 500_000, 2_000_000), () -> giveUp(now));
        }

        private GroupNode node() {
            ReplicaId known = hint;
            hint = null;
            return known != null && dice.chance(800)
                    ? world.nodes().get(known.node().low())
                    : dice.pick(world.nodes());
        }

        private void write(int now, GroupNode node) {
            long writeId = ++lastWrite;
            int key = dice.below(Registers.KEYS);
            checker.onWrite(writeId, key, world.schedule().nowUs());
            long id = node.requests().add(new Waiting(this, now) {
                @Override
                void done(Registers state) {
                    checker.onWritten(
                            writeId, state.revision(), world.schedule().nowUs());
                    writtenSinceStop++;
                }

                @Override
                void failed() {
                    checker.onFailed(writeId);
                }
            });
            node.input(new Propose(id, Registers.command(key, writeId, dice.of(0, 0, 20, 200))));
        }

        private void read(int now, GroupNode node) {
            int key = dice.below(Registers.KEYS);
            long beganUs = world.schedule().nowUs();
            long id = node.requests().add(new Waiting(this, now) {
                @Override
                void done(Registers state) {
                    show(key, state, beganUs);
                    readSinceStop++;
                }

                @Override
                void failed() {}
            });
            node.input(new Read(id));
        }

        private void giveUp(int then) {
            if (request == then) {
                request++;
                think();
            }
        }
    }

    /** Somebody who waits for an answer, or has given up. */
    private abstract static class Waiting implements Requests.Asker {

        private final Client client;
        private final int request;

        Waiting(Client client, int request) {
            this.client = client;
            this.request = request;
        }

        abstract void done(Registers state);

        abstract void failed();

        @Override
        public void onDone(Registers state) {
            done(state); // also what comes late is judged
            if (client.request == request) {
                next();
            }
        }

        @Override
        public void onFailed(@Nullable Refusal refusal) {
            failed();
            if (client.request == request) {
                client.hint = refusal instanceof Refusal.NotLeader(ReplicaId leader) ? leader : null;
                next();
            }
        }

        private void next() {
            client.request++;
            client.think();
        }
    }
}
