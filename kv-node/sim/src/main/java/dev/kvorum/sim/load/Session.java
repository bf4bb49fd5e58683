package dev.kvorum.sim.load;

import dev.kvorum.core.version.Version;

/**
 * What a client was shown of a key.
 *
 * @param stamp the highest stamp shown with the context
 * @param digest the tag of the state shown
 */
record Session(Version context, long stamp, long digest) {}
