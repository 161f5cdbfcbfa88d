/** E-mail over SMTP. */
@NullMarked
package dev.kodo.channel.mail;

import org.jspecify.annotations.NullMarked;
