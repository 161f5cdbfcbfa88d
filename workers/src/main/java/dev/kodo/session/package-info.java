/** Sessions that have ended, and what is removed of them. */
@NullMarked
package dev.kodo.session;

import org.jspecify.annotations.NullMarked;
