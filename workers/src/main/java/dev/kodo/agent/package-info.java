/** Agents as such: their state, their pacemaker, and the review of one that was stopped. */
@NullMarked
package dev.kodo.agent;

import org.jspecify.annotations.NullMarked;
