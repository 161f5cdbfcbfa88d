/** A POST of JSON to an address of the owner's choice. */
@NullMarked
package dev.kodo.channel.webhook;

import org.jspecify.annotations.NullMarked;
