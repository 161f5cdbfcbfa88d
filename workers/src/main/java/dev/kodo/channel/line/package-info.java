/** LINE, by its official client. */
@NullMarked
package dev.kodo.channel.line;

import org.jspecify.annotations.NullMarked;
