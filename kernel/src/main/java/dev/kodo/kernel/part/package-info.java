/** Parts as operating system processes: start, record, watch, restart, end. */
@NullMarked
package dev.kodo.kernel.part;

import org.jspecify.annotations.NullMarked;
