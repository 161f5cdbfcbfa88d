/** An agent's file tree: confined, written atomically, versioned with git. */
@NullMarked
package dev.kodo.workspace;

import org.jspecify.annotations.NullMarked;
