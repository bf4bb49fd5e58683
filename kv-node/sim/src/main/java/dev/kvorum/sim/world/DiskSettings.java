package dev.kvorum.sim.world;

/**
 * How a healthy disk behaves; faults come on top.
 *
 * @param syncLeastUs the quickest sync
 * @param syncMostUs the slowest sync of a healthy disk
 * @param slowReadPerMille how many look-ups have to go to the disk
 * @param pageObjects objects in one page of a scan
 */
public record DiskSettings(int syncLeastUs, int syncMostUs, int slowReadPerMille, int pageObjects) {}
