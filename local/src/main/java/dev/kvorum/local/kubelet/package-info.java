/**
 * Runs pods as processes of this machine: each on a loopback address of its own, with directories as volumes, with the
 * environment, probes, restarts and endings that its manifest asks for.
 *
 * <p>Invariants: a pod's name runs at most once, so two processes never share a volume; a process that this started is
 * ended when its pod goes or the stand-in stops. Allowed imports: json, objects, api.ContainerLogs, Jackson.
 */
@NullMarked
package dev.kvorum.local.kubelet;

import org.jspecify.annotations.NullMarked;
