package dev.kvorum.core.consensus;

import dev.kvorum.core.consensus.ConsensusEffect.CloseTransfer;
import dev.kvorum.core.consensus.ConsensusEffect.LoadChunk;
import dev.kvorum.core.consensus.ConsensusEffect.Trace;
import dev.kvorum.core.consensus.ConsensusInput.ChunkLoaded;
import dev.kvorum.core.consensus.ConsensusMessage.Chunk;
import dev.kvorum.core.consensus.ConsensusMessage.ChunkTaken;
import java.util.function.Consumer;

/** Sends the applied state to replicas that need entries which the log has no more (dissertation 5.1, 5.3). */
final class Transfers {

    /** Each holds a state open and takes bandwidth; the others wait for their turn. */
    private static final int MOST = 2;

    private final Own own;
    private long lastId;
    private int open;

    /** @param lastId of the transfers of an earlier leadership, which are not to be taken for one of this */
    Transfers(Own own, long lastId) {
        this.own = own;
        this.lastId = lastId;
    }

    long lastId() {
        return lastId;
    }

    void begin(long nowMs, Progress to, Consumer<? super ConsensusEffect> out) {
        if (to.transfer == null && open < MOST && isHeard(nowMs, to)) {
            open++;
            to.transfer = new Transfer(++lastId, nowMs);
            out.accept(new Trace(new ConsensusTrace.TransferBegan(to.id, lastId)));
            load(nowMs, to.transfer, out);
        }
    }

    void end(Progress to, Consumer<? super ConsensusEffect> out) {
        if (to.transfer != null) {
            out.accept(new CloseTransfer(to.transfer.id));
            to.transfer = null;
            open--;
        }
    }

    void onLoaded(long nowMs, Progress to, ChunkLoaded loaded, Consumer<? super ConsensusEffect> out) {
        Transfer transfer = to.transfer;
        if (transfer != null && transfer.offset == loaded.offset()) {
            transfer.mark = loaded.mark();
            transfer.askedMs = nowMs;
            own.send(to.id, new Chunk(loaded.mark(), loaded.offset(), loaded.totalBytes(), loaded.bytes()), out);
        }
    }

    void onTaken(long nowMs, Progress from, ChunkTaken taken, Consumer<? super ConsensusEffect> out) {
        Transfer transfer = from.transfer;
        if (transfer != null && transfer.isOf(taken.markIndex()) && taken.nextOffset() != transfer.offset) {
            transfer.offset = taken.nextOffset();
            load(nowMs, transfer, out);
        }
    }

    /** Loads and sends again what was not answered; gives up one that is not heard any more. */
    void onTick(long nowMs, Progress to, Consumer<? super ConsensusEffect> out) {
        Transfer transfer = to.transfer;
        if (transfer == null) {
            return;
        }
        if (!isHeard(nowMs, to)) {
            end(to, out);
        } else if (nowMs - transfer.askedMs >= own.config.timing().resendMs()) {
            load(nowMs, transfer, out);
        }
    }

    private void load(long nowMs, Transfer transfer, Consumer<? super ConsensusEffect> out) {
        transfer.askedMs = nowMs;
        out.accept(new LoadChunk(
                transfer.id, transfer.offset, own.config.compaction().chunkBytes()));
    }

    private boolean isHeard(long nowMs, Progress to) {
        return nowMs - to.heardMs < own.config.timing().electionMs();
    }
}
