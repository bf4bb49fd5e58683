/**
 * Where objects are kept: in memory, in order, with one revision for every change, and on disk as one file each.
 *
 * <p>Invariants: revisions only grow, also over a restart; a change is on disk before it is visible; the trees handed
 * out are shared and never changed. Allowed imports: json.
 */
@NullMarked
package dev.kvorum.local.store;

import org.jspecify.annotations.NullMarked;
