/** E-mail against a real server on loopback. */
@NullMarked
package dev.kodo.channel.mail;

import org.jspecify.annotations.NullMarked;
