/**
 * Whole authority groups on virtual time: {@code core.node}'s {@code AuthorityGroup} as nodes run it, over volumes that
 * are torn, damaged, wiped, copied and given up, with operators, people, impostors and foreigners at the doors.
 *
 * <p>{@link dev.kvorum.sim.authority.AuthorityRun} is one seed. {@code StateLaws} and {@code VolumeLaws} judge what is
 * agreed, {@code LogLaws} the log, {@code AuthorityChecker} what nodes and doors are told. The page
 * {@code docs/internals/authority.md} explains it. Imports {@code core} and {@code sim.world}, {@code sim.check},
 * {@code sim.course}.
 */
@NullMarked
package dev.kvorum.sim.authority;

import org.jspecify.annotations.NullMarked;
