/**
 * Notices to the owner: what is told, over which channels, and what became of each delivery. Each
 * kind of channel is a package below this one.
 */
@NullMarked
package dev.kodo.channel;

import org.jspecify.annotations.NullMarked;
