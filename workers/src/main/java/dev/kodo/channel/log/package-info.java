/** The channel that is always there: the log of the workers. */
@NullMarked
package dev.kodo.channel.log;

import org.jspecify.annotations.NullMarked;
