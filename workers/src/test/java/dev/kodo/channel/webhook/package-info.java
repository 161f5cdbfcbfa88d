/** The webhook against a real server on loopback. */
@NullMarked
package dev.kodo.channel.webhook;

import org.jspecify.annotations.NullMarked;
