/** The body as the kernel sees it: how it is started and asked. */
@NullMarked
package dev.kodo.kernel.workers;

import org.jspecify.annotations.NullMarked;
