/**
 * One beat: its identity and mode, the choice of an activity, the activity log, the completion
 * contract.
 */
@NullMarked
package dev.kodo.heartbeat;

import org.jspecify.annotations.NullMarked;
