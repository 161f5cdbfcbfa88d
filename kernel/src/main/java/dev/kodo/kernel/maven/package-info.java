/** Published artifacts, fetched by the user's own Maven. */
@NullMarked
package dev.kodo.kernel.maven;

import org.jspecify.annotations.NullMarked;
