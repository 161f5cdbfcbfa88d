/**
 * The audit log: every important action, appended once and chained by hashes, with signed
 * checkpoints, so that a later change is found and located. docs/audit.md is its description.
 */
@NullMarked
package dev.kodo.kernel.audit;

import org.jspecify.annotations.NullMarked;
