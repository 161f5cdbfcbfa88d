/** LINE's client against a real server on loopback. */
@NullMarked
package dev.kodo.channel.line;

import org.jspecify.annotations.NullMarked;
