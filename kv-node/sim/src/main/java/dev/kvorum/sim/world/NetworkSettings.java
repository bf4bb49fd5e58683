package dev.kvorum.sim.world;

/**
 * How the network behaves when nothing is cut.
 *
 * @param leastUs the quickest way from one node to another
 * @param mostUs the slowest ordinary way
 * @param latePerMille how many frames or datagrams take up to {@code lateMostMs}
 * @param lateMostMs how late late ones are
 * @param lossPerMille datagrams that never arrive; of links, frames that have to be sent again
 * @param doublePerMille datagrams, and with a careless shell frames, that arrive twice
 */
public record NetworkSettings(
        int leastUs, int mostUs, int latePerMille, int lateMostMs, int lossPerMille, int doublePerMille) {}
