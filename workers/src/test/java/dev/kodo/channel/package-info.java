/** Tests of notices and their delivery on a real database. */
@NullMarked
package dev.kodo.channel;

import org.jspecify.annotations.NullMarked;
